package dev.migrate.internal.protocol;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.Receipt;
import dev.migrate.listener.AppliedMigration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger without a register counts as applied. A receipt of this library counts for its own migration. Any other object
 * that is named by a sequence number is the status file of a predecessor: ODIN keeps one, named by the last number that ran, and
 * skips every number up to it. So everything up to the highest status file counts as applied.
 *
 * @param receipts the migrations that have a receipt of this library, in order
 * @param statusFiles the numbers of the status files, in order
 */
public record Adoption(List<AppliedMigration> receipts, List<MigrationId> statusFiles) {

    private static final int MAX_SHOWN = 20;

    public Adoption {
        receipts = List.copyOf(receipts);
        statusFiles = List.copyOf(statusFiles);
    }

    static Adoption of(Collection<Receipt> found) {
        return new Adoption(
                found.stream()
                        .filter(receipt -> !receipt.isStatusFile())
                        .map(Receipt::applied)
                        .sorted(Comparator.comparing(AppliedMigration::id))
                        .toList(),
                found.stream()
                        .filter(Receipt::isStatusFile)
                        .map(receipt -> receipt.applied().id())
                        .sorted()
                        .toList());
    }

    public boolean isEmpty() {
        return receipts.isEmpty() && statusFiles.isEmpty();
    }

    private @Nullable MigrationId upTo() {
        return statusFiles.isEmpty() ? null : statusFiles.get(statusFiles.size() - 1);
    }

    /** The state of the ledger that adopts all this. */
    public LedgerState state(EnvironmentName environment) {
        List<AppliedMigration> applied = new ArrayList<>(receipts);
        statusFiles.forEach(id -> applied.add(AppliedMigration.bare(id)));
        return LedgerState.empty(environment, applied).adoptUpTo(upTo());
    }

    /**
     * What is adopted and why, for the log and for a dry run.
     *
     * @param migrations what the build has
     * @return sentences; empty when nothing is adopted
     */
    public String describe(List<? extends MigrationDefinition> migrations) {
        StringBuilder text = new StringBuilder();
        MigrationId upTo = upTo();
        if (upTo != null) {
            text.append(statusFiles.size() == 1 ? "The object " : "The objects ")
                    .append(shown(statusFiles))
                    .append(statusFiles.size() == 1 ? " is a status file" : " are status files")
                    .append(
                            " of another tool, such as ODIN, which names it by the last migration that ran. Everything up to ")
                    .append(upTo)
                    .append(" counts as applied");
            List<MigrationId> covered = migrations.stream()
                    .map(MigrationDefinition::id)
                    .filter(id -> id.compareTo(upTo) <= 0)
                    .toList();
            text.append(covered.isEmpty() ? "." : "; of this build: " + shown(covered) + ".");
        }
        if (!receipts.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(receipts.size() == 1 ? "The receipt " : "The receipts ")
                    .append(shown(receipts.stream().map(AppliedMigration::id).toList()))
                    .append(receipts.size() == 1 ? " counts" : " count")
                    .append(" as applied, each for its own migration.");
        }
        return text.toString();
    }

    private static String shown(List<MigrationId> ids) {
        String shown = ids.stream().limit(MAX_SHOWN).map(MigrationId::toString).collect(Collectors.joining(", "));
        return ids.size() <= MAX_SHOWN
                ? shown
                : shown + " and " + (ids.size() - MAX_SHOWN) + " more up to " + ids.get(ids.size() - 1);
    }
}
