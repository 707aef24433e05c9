package dev.migrate.spring.ledger;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.s3.S3ObjectStore;
import dev.migrate.spring.MigrateConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** The parsed value of {@code migrate.ledger}. */
public sealed interface LedgerLocation {

    /** A folder on this machine. */
    record Folder(Path path) implements LedgerLocation {}

    /** The memory of this application context. Nothing is left when it closes: for tests. */
    record Memory() implements LedgerLocation {}

    /** A prefix in an S3 bucket. */
    record Bucket(S3ObjectStore.Settings settings) implements LedgerLocation {}

    /**
     * Parses the property.
     *
     * @throws MigrateConfigurationException if the property is missing or invalid
     */
    static LedgerLocation parse(@Nullable String ledger) {
        String action = "Set migrate.ledger to s3://bucket/prefix, with the name of the service as the prefix,"
                + " to file:folder for local work, or to memory: for tests.";
        if (!StringUtils.hasText(ledger)) {
            throw new MigrateConfigurationException(
                    "The location of the ledger is unknown: migrate.ledger is not set.", action);
        }
        if (ledger.equals("memory:")) {
            return new Memory();
        }
        try {
            if (ledger.startsWith("s3:")) {
                return new Bucket(S3ObjectStore.Settings.parse(ledger));
            }
            if (ledger.startsWith("file:")) {
                return new Folder(folder(ledger.substring("file:".length())));
            }
        } catch (IllegalArgumentException e) {
            throw new MigrateConfigurationException("migrate.ledger is wrong: " + e.getMessage() + ".", action, e);
        }
        // The message contains only the scheme; the rest may contain a secret.
        int colon = ledger.indexOf(':');
        throw new MigrateConfigurationException(
                colon < 0
                        ? "migrate.ledger is '" + ForeignText.safe(ledger) + "', which has no scheme."
                        : "migrate.ledger has the scheme '" + ledger.substring(0, colon) + "', which is not supported.",
                action);
    }

    private static Path folder(String path) {
        if (path.startsWith("//") && !path.startsWith("///")) {
            throw new IllegalArgumentException(
                    "'" + ForeignText.safe("file:" + path) + "' names a host; it must name a folder on this machine");
        }
        String plain = path.startsWith("///") ? path.substring(2) : path;
        if (plain.isBlank()) {
            throw new IllegalArgumentException("'file:' names no folder");
        }
        try {
            return Path.of(plain);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'file:" + path + "' is not a folder name: " + e.getReason(), e);
        }
    }
}
