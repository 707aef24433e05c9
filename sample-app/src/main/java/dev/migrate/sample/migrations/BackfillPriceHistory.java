package dev.migrate.sample.migrations;

import dev.migrate.Migration;
import dev.migrate.MigrationContext;
import dev.migrate.ResumableAction;
import dev.migrate.ReversibleAction;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes the first line of each car's price history, car by car.
 *
 * <p>A resumable migration, for work that takes long: it goes through the cars in the order of their numbers and saves
 * the last number as its checkpoint. When it is stopped or killed, the next start goes on from there. What follows the
 * checkpoint may be done again, so a line is merged, not inserted.
 */
@Migration("0004")
class BackfillPriceHistory implements ResumableAction, ReversibleAction {

    private static final Logger log = LoggerFactory.getLogger(BackfillPriceHistory.class);
    private static final int BATCH = 500;

    private final JdbcClient jdbc;

    BackfillPriceHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void migrate(MigrationContext context) {
        jdbc.sql("create table if not exists price_history (car bigint primary key, price decimal(9, 2))")
                .update();
        long last = context.lastCheckpoint().map(Long::parseLong).orElse(0L);
        List<Long> batch = next(last);
        while (!batch.isEmpty()) {
            if (context.isCancelled()) {
                throw new IllegalStateException("stopped after car " + last);
            }
            for (long car : batch) {
                jdbc.sql("merge into price_history (car, price) select id, price from cars where id = ?")
                        .param(car)
                        .update();
            }
            last = batch.get(batch.size() - 1);
            context.saveCheckpoint(Long.toString(last));
            long done = count("price_history");
            long total = count("cars");
            context.reportProgress(done, total);
            log.info("The price history has {} of {} cars", done, total);
            batch = next(last);
        }
    }

    @Override
    public void revert() {
        jdbc.sql("drop table if exists price_history").update();
    }

    private List<Long> next(long after) {
        return jdbc.sql("select id from cars where id > ? order by id limit ?")
                .params(after, BATCH)
                .query(Long.class)
                .list();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
