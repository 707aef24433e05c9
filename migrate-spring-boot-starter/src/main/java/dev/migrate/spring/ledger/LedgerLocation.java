package dev.migrate.spring.ledger;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.s3.S3ObjectStore;
import dev.migrate.spring.MigrateConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Where the property {@code migrate.ledger} says that the ledger is. */
public sealed interface LedgerLocation {

    /** A folder of this machine. */
    record Folder(Path path) implements LedgerLocation {}

    /** The memory of this application context. Nothing is left when it closes: for tests. */
    record Memory() implements LedgerLocation {}

    /** A prefix in a bucket. */
    record Bucket(S3ObjectStore.Settings settings) implements LedgerLocation {}

    /**
     * Reads the property.
     *
     * @throws MigrateConfigurationException if it is missing or no such place
     */
    static LedgerLocation parse(@Nullable String ledger) {
        String action = "Set migrate.ledger to s3://bucket/prefix, with the name of the service as the prefix,"
                + " to file:folder for local work, or to memory: for tests.";
        if (!StringUtils.hasText(ledger)) {
            throw new MigrateConfigurationException(
                    "It is not known where the ledger of the migrations is: migrate.ledger is not set.", action);
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
        // The scheme alone: the rest may hold a secret.
        int colon = ledger.indexOf(':');
        throw new MigrateConfigurationException(
                colon < 0
                        ? "migrate.ledger is '" + ForeignText.safe(ledger) + "', which has no scheme."
                        : "migrate.ledger has the scheme '" + ledger.substring(0, colon)
                                + "', for which there is no store.",
                action);
    }

    private static Path folder(String path) {
        if (path.startsWith("//") && !path.startsWith("///")) {
            throw new IllegalArgumentException(
                    "'" + ForeignText.safe("file:" + path) + "' names a host; a folder of this machine is meant");
        }
        String plain = path.startsWith("///") ? path.substring(2) : path;
        if (plain.isBlank()) {
            throw new IllegalArgumentException("'file:' names no folder");
        }
        try {
            return Path.of(plain);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'file:" + path + "' is no folder's name: " + e.getReason(), e);
        }
    }
}
