package dev.migrate.internal.ledger;

import dev.migrate.MigrationId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The objects beside the register, by their names alone.
 *
 * @param ids the sequence numbers that have an object, in order
 * @param doubtful the names that a person could read as a status file although Migrate does not, in order
 * @since 0.1
 */
public record ReceiptListing(List<MigrationId> ids, List<String> doubtful) {

    /** Digits in any script that end the name or are followed by a separator. A date is not a sequence number. */
    private static final Pattern NUMBERED =
            Pattern.compile("(?!\\d{4}-\\d\\d-\\d\\d)\\s*\\p{Nd}+(?:[^\\p{L}\\p{Nd}].*)?", Pattern.DOTALL);

    /** Copies the lists. */
    public ReceiptListing {
        ids = List.copyOf(ids);
        doubtful = List.copyOf(doubtful);
    }

    static ReceiptListing of(List<String> names) {
        return new ReceiptListing(
                names.stream()
                        .flatMap(name -> MigrationId.parse(name).stream())
                        .distinct()
                        .sorted()
                        .toList(),
                names.stream().filter(ReceiptListing::isDoubtful).sorted().toList());
    }

    private static boolean isDoubtful(String name) {
        return MigrationId.parse(name).isEmpty() && NUMBERED.matcher(name).matches();
    }
}
