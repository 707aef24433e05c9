package dev.migrate.sample.migrations;

import dev.migrate.Migration;
import dev.migrate.PreviewableAction;
import dev.migrate.ReversibleAction;
import java.math.BigDecimal;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Adds cars for our testers, in the development environment alone. No other environment ever runs this.
 *
 * <p>It can be reverted, by an operator's command, and the command {@code plan} shows what it says beforehand.
 */
@Migration(value = "0003", environments = "odin-dev", rerunnable = true)
class AddTestCars implements ReversibleAction, PreviewableAction {

    private final JdbcTemplate jdbc;

    AddTestCars(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void migrate() {
        add(1, "white", "0.01");
        add(2, "black", "9999999.99");
    }

    @Override
    public String preview() {
        return "would add 2 cars of the brand Test";
    }

    @Override
    public void revert() {
        jdbc.update("delete from cars where brand = 'Test'");
    }

    private void add(int id, String colour, String price) {
        jdbc.update(
                "merge into cars (id, brand, colour, price) key (id) values (?, 'Test', ?, ?)",
                id,
                colour,
                new BigDecimal(price));
    }
}
