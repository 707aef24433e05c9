package dev.migrate.applications.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.applications.DatabaseApplication;
import dev.migrate.applications.transactions.chunks.PriceCars;
import dev.migrate.spring.TestApplications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A resumable migration that fails in the middle of a transaction goes on after what was committed. */
class ChunksTest {

    private static final int CARS = 100;

    private final JdbcTemplate jdbc =
            new JdbcTemplate(new DriverManagerDataSource("jdbc:h2:mem:cars;DB_CLOSE_DELAY=-1"));

    @TempDir
    Path ledger;

    @BeforeEach
    void parkCars() {
        jdbc.execute("drop table if exists cars");
        jdbc.execute("create table cars (id int primary key, priced int not null)");
        jdbc.execute("insert into cars select x, 0 from system_range(1, " + CARS + ")");
    }

    @ParameterizedTest(name = "chunks of {0} cars: {1} are committed before it fails")
    @CsvSource({"1, 59", "7, 56", "10, 50", "60, 0", "0, 0"})
    void the_next_start_does_every_row_once(int chunk, int committed) throws IOException {
        PriceCars.chunk = chunk;
        PriceCars.failing = 60;
        assertThatThrownBy(this::start).hasStackTraceContaining("No price for car 60");
        assertThat(priced(1)).isEqualTo(committed);
        String register = Files.readString(ledger.resolve("odin-dev/ledger.json"));
        assertThat(register).contains("FAILED");
        if (committed == 0) {
            assertThat(register).doesNotContain("checkpoint");
        } else {
            assertThat(register.replaceAll("\\s", "")).contains("\"checkpoint\":\"" + committed + '"');
        }

        PriceCars.failing = 0;
        start();
        assertThat(priced(1)).isEqualTo(CARS);
    }

    private void start() {
        new TestApplications(ledger)
                .run(
                        new Class<?>[] {DatabaseApplication.class},
                        "",
                        "--migrate.packages-only=" + PriceCars.class.getPackageName(),
                        "--migrate.on-failure=exit")
                .close();
    }

    private int priced(int times) {
        return jdbc.queryForList("select id from cars where priced = ?", Integer.class, times)
                .size();
    }
}
