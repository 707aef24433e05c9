package dev.migrate.sample.migrations;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import java.math.BigDecimal;
import org.springframework.jdbc.core.JdbcTemplate;

/** Adds cars for our testers, in the development environment alone. No other environment ever runs this. */
@Migration(value = "0003", environments = "odin-dev", rerunnable = true)
class AddTestCars implements MigrationAction {

    private final JdbcTemplate jdbc;

    AddTestCars(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void migrate() {
        add(1, "white", "0.01");
        add(2, "black", "9999999.99");
    }

    private void add(int id, String colour, String price) {
        jdbc.update(
                "merge into cars (id, brand, colour, price) key (id) values (?, 'Test', ?, ?)",
                id,
                colour,
                new BigDecimal(price));
    }
}
