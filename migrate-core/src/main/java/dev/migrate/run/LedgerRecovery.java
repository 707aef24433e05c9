package dev.migrate.run;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import java.util.ArrayList;
import java.util.List;

/** The steps that make a register where there is none. The receipts, ODIN's too, say what is applied. */
final class LedgerRecovery {

    private final Tools tools;

    LedgerRecovery(Tools tools) {
        this.tools = tools;
    }

    /** Makes the register; another process may have been first. */
    Step<Snapshot> recover() {
        return tools.untilShutdown().call(tools.receipts()::list).then(ids -> adopt(ids, List.of()));
    }

    private Step<Snapshot> adopt(List<MigrationId> ids, List<Applied> adopted) {
        if (adopted.size() < ids.size()) {
            MigrationId next = ids.get(adopted.size());
            return tools.receipt(next).then(receipt -> {
                List<Applied> more = new ArrayList<>(adopted);
                // A receipt that is gone again since it was listed counts: somebody saw it done.
                more.add(receipt.orElseGet(() -> Applied.bare(next)));
                return adopt(ids, more);
            });
        }
        LedgerState fresh = LedgerState.fresh(tools.settings().environment(), adopted);
        return tools.register().create(fresh, tools.untilShutdown()).map(made -> {
            boolean asAdopted =
                    made.state().revision() == 1 && made.state().applied().equals(adopted);
            if (!adopted.isEmpty() && asAdopted) {
                tools.herald()
                        .notice(
                                "There was no register in this ledger, but " + adopted.size() + " receipts from "
                                        + ids.get(0) + " to " + ids.get(ids.size() - 1)
                                        + ": they were adopted as applied. What else had failed or was interrupted, if anything,"
                                        + " is forgotten.",
                                true);
            }
            return made;
        });
    }
}
