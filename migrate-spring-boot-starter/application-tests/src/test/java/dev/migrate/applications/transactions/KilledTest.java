package dev.migrate.applications.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.applications.DatabaseApplication;
import dev.migrate.applications.transactions.chunks.PriceCars;
import dev.migrate.spring.ChildJvm;
import dev.migrate.spring.TestApplications;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A process that is killed in the middle of a transaction leaves no row undone. */
class KilledTest {

    @TempDir
    Path folder;

    static class Child {

        public static void main(String[] arguments) {
            PriceCars.chunk = 10;
            PriceCars.killed = Integer.getInteger("cars.killed", 0);
            SpringApplication.run(DatabaseApplication.class, arguments).close();
        }
    }

    @Test
    void the_next_process_does_the_rest() throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("cars");
        var jdbc = new JdbcTemplate(new DriverManagerDataSource(url));
        jdbc.execute("create table cars (id int primary key, priced int not null)");
        jdbc.execute("insert into cars select x, 0 from system_range(1, 100)");

        assertThat(exitCode(url, 55)).isEqualTo(137);
        assertThat(jdbc.queryForObject("select count(*) from cars where priced = 1", Integer.class))
                .isEqualTo(50);
        assertThat(exitCode(url, 0)).isZero();
        assertThat(jdbc.queryForObject("select count(*) from cars where priced >= 1", Integer.class))
                .isEqualTo(100);
    }

    private int exitCode(String url, int killed) throws Exception {
        var arguments = new TestApplications(folder.resolve("ledger"))
                .arguments(
                        "",
                        "--migrate.packages-only=" + PriceCars.class.getPackageName(),
                        "--migrate.lease=1s",
                        "--migrate.on-failure=exit");
        var options = List.of("-Dcars.url=" + url, "-Dcars.killed=" + killed);
        String classPath = ChildJvm.classPathWithout("\u0000");
        try (var child = new ChildJvm(classPath, options, Child.class, arguments)) {
            return child.exitCode(Duration.ofMinutes(2));
        }
    }
}
