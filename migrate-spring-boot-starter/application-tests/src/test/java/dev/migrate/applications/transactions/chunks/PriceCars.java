package dev.migrate.applications.transactions.chunks;

import dev.migrate.Migration;
import dev.migrate.MigrationContext;
import dev.migrate.ResumableAction;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Prices each car once more, a chunk in a transaction. */
@Migration("0001")
public class PriceCars implements ResumableAction {

    /** How many cars are priced in one transaction; 0 for all. */
    public static int chunk;

    /** The car at which it fails, after its checkpoint; 0 for none. */
    public static int failing;

    /** The car at which its process is killed, after its checkpoint; 0 for none. */
    public static int killed;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    PriceCars(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public void migrate(MigrationContext context) {
        while (Boolean.TRUE.equals(transaction.execute(status -> priceChunk(context)))) {
            context.isCancelled();
        }
    }

    private boolean priceChunk(MigrationContext context) {
        int last = context.lastCheckpoint().map(Integer::valueOf).orElse(0);
        List<Integer> ids = jdbc.queryForList(
                "select id from cars where id > ? order by id limit ?",
                Integer.class,
                last,
                chunk == 0 ? Integer.MAX_VALUE : chunk);
        for (int id : ids) {
            jdbc.update("update cars set priced = priced + 1 where id = ?", id);
            context.saveCheckpoint(String.valueOf(id));
            if (id == killed) {
                pause(); // so that what counts as a checkpoint reaches the ledger
                Runtime.getRuntime().halt(137);
            }
            if (id == failing) {
                throw new IllegalStateException("No price for car " + id);
            }
        }
        return !ids.isEmpty();
    }

    private static void pause() {
        try {
            Thread.sleep(2_500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
