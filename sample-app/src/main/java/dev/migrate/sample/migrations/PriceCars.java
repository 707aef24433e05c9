package dev.migrate.sample.migrations;

import dev.migrate.Migration;
import dev.migrate.ReversibleAction;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives every car a price, by its brand and its colour.
 *
 * <p>Declared rerunnable, because doing it twice, or one and a half times, has the effect of doing it once: if the
 * process is killed in the middle, the next one simply does it again.
 */
@Migration(value = "0002", rerunnable = true)
class PriceCars implements ReversibleAction {

    private final JdbcClient jdbc;

    PriceCars(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void migrate() {
        jdbc.sql("alter table cars add column if not exists price decimal(9, 2)")
                .update();
        for (Kind kind : kinds()) {
            jdbc.sql("update cars set price = :price where brand = :brand and colour = :colour")
                    .param("price", price(kind))
                    .param("brand", kind.brand())
                    .param("colour", kind.colour())
                    .update();
        }
        jdbc.sql("alter table cars alter column price set not null").update();
    }

    @Override
    public void revert() {
        jdbc.sql("alter table cars drop column if exists price").update();
    }

    private List<Kind> kinds() {
        return jdbc.sql("select distinct brand, colour from cars")
                .query(Kind.class)
                .list();
    }

    private static BigDecimal price(Kind kind) {
        int base =
                switch (kind.brand()) {
                    case "Etna", "Falke" -> 42_900;
                    case "Borealis", "Halcyon", "Juno" -> 31_500;
                    default -> 22_900;
                };
        int paint =
                switch (kind.colour()) {
                    case "copper" -> 1_450;
                    case "red", "orange", "yellow" -> 690;
                    default -> 0;
                };
        return BigDecimal.valueOf(base + paint);
    }

    record Kind(String brand, String colour) {}
}
