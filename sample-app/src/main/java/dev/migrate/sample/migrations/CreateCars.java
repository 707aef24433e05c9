package dev.migrate.sample.migrations;

import dev.migrate.Migration;
import dev.migrate.ReversibleAction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the table of cars and loads the ones that we have.
 *
 * <p>A plain migration: it runs once. Should it throw, the start is blocked until a new deployment tries it again; so it
 * is written to get along with a table that is there already, and with cars in it. An operator can revert it.
 */
@Migration("0001")
class CreateCars implements ReversibleAction {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    CreateCars(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public void migrate() throws IOException {
        jdbc.execute("create table if not exists cars (id bigint primary key, brand varchar(40), colour varchar(20))");
        List<Object[]> cars = read("cars.csv");
        transaction.executeWithoutResult(
                status -> jdbc.batchUpdate("merge into cars (id, brand, colour) key (id) values (?, ?, ?)", cars));
    }

    @Override
    public void revert() {
        jdbc.execute("drop table if exists cars");
    }

    private static List<Object[]> read(String file) throws IOException {
        return new ClassPathResource(file)
                .getContentAsString(StandardCharsets.UTF_8)
                .lines()
                .skip(1) // the names of the columns
                .map(line -> (Object[]) line.split(",", -1))
                .toList();
    }
}
