package dev.migrate.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.ChildJvm;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.PlainApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.util.ClassUtils;

/** An application without spring-tx. */
class WithoutTransactionsTest {

    @TempDir
    Path ledger;

    static class Child {

        public static void main(String[] arguments) {
            System.out.println("transactions "
                    + ClassUtils.isPresent("org.springframework.transaction.PlatformTransactionManager", null));
            SpringApplication.run(PlainApp.class, arguments).close();
        }
    }

    @Test
    void saves_checkpoints_at_once() throws Exception {
        var arguments = new TestApplications(ledger)
                .arguments("resumable", "--spring.main.web-application-type=none", "--migrate.on-failure=exit");
        try (var child = new ChildJvm(ChildJvm.classPathWithout("spring-tx"), List.of(), Child.class, arguments)) {
            assertThat(child.exitCode(Duration.ofMinutes(3))).as(child.output()).isZero();
            assertThat(child.output()).contains("transactions false", "went on from 7", "1 applied now");
        }
    }
}
