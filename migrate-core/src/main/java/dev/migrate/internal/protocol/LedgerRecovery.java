package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerException;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.Receipt;
import dev.migrate.internal.ledger.ReceiptListing;
import dev.migrate.internal.ledger.ReceiptRepository;
import dev.migrate.internal.ledger.RetryPolicy;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The steps that create a missing register. The objects that are named by a number determine what is applied. */
public final class LedgerRecovery {

    private static final int MAX_SHOWN = 10;

    private final ProtocolContext context;

    LedgerRecovery(ProtocolContext context) {
        this.context = context;
    }

    /** Creates the register, unless another process was first. */
    Step<VersionedState> recover() {
        return inspect(context.receipts(), context.untilShutdown(), false).then(this::create);
    }

    private Step<VersionedState> create(Adoption adoption) {
        LedgerState fresh = adoption.state(context.settings().environment());
        return context.register().create(fresh, context.untilShutdown()).map(made -> {
            boolean asAdopted =
                    made.state().revision() == 1 && made.state().applied().equals(fresh.applied());
            if (!adoption.isEmpty() && asAdopted) {
                context.events()
                        .notice(
                                "This ledger had no register, so Migrate created one. "
                                        + adoption.describe(context.plan().all()),
                                true);
            }
            return made;
        });
    }

    /**
     * Reads every object that is named by a number. Nothing is written.
     *
     * @param acceptDoubtful whether to ignore names that a person could read as a status file; otherwise they are refused
     */
    public static Step<Adoption> inspect(ReceiptRepository receipts, RetryPolicy retry, boolean acceptDoubtful) {
        return retry.call(store -> {
                    ReceiptListing listing = receipts.listing(store);
                    if (!listing.doubtful().isEmpty() && !acceptDoubtful) {
                        throw doubtful(receipts, store.describe(), listing.doubtful());
                    }
                    return listing.ids();
                })
                .then(ids -> read(receipts, retry, acceptDoubtful, ids, List.of()));
    }

    private static Step<Adoption> read(
            ReceiptRepository receipts,
            RetryPolicy retry,
            boolean acceptDoubtful,
            List<MigrationId> ids,
            List<Receipt> found) {
        if (found.size() == ids.size()) {
            return new Step.Done<>(Adoption.of(found));
        }
        return retry.call(store -> receipts.read(store, ids.get(found.size())))
                .then(receipt -> receipt.isPresent()
                        ? read(
                                receipts,
                                retry,
                                acceptDoubtful,
                                ids,
                                Stream.concat(found.stream(), receipt.stream()).toList())
                        // Deleted since it was listed: ODIN deletes its status file before it writes the next one.
                        : inspect(receipts, retry, acceptDoubtful));
    }

    private static LedgerException doubtful(ReceiptRepository receipts, String place, List<String> names) {
        String shown = names.stream()
                .limit(MAX_SHOWN)
                .map(LedgerException::printable)
                .collect(Collectors.joining("', '", "'", "'"));
        String more = names.size() > MAX_SHOWN ? " and " + (names.size() - MAX_SHOWN) + " more" : "";
        return new LedgerException(
                place + "/" + receipts.environment() + " has no register, but objects that look like status files: "
                        + shown + more + ". Migrate cannot tell which migrations they count as applied.",
                "If a migration ran before, rename its object to its number alone, such as 0003. If not, move the objects to"
                        + " another prefix. Or decide yourself with command 'stamp', which ignores them.");
    }
}
