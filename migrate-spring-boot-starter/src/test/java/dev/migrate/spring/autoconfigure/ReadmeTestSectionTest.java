package dev.migrate.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;

/** What the README says of tests: each context has a ledger of its own, so its migrations are applied each time. */
@SpringBootTest(properties = {"migrate.enabled=true", "migrate.environment=test", "migrate.ledger=memory:"})
@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD)
class ReadmeTestSectionTest {

    private static final String LINE =
            "@SpringBootTest(properties = {\"migrate.enabled=true\", \"migrate.environment=test\", \"migrate.ledger=memory:\"})";

    @RepeatedTest(2)
    void each_context_applies_its_migrations(@Autowired AtomicInteger runs) {
        assertThat(runs).hasValue(1);
    }

    @Test
    void the_readme_has_this_line() throws Exception {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("docs/adr"))) { // these tests run in two modules
            root = root.getParent();
        }
        assertThat(Files.readString(root.resolve("README.md"))).contains(LINE);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        AtomicInteger runs() {
            return new AtomicInteger();
        }

        @Bean
        @Migration("0001")
        MigrationAction count(AtomicInteger runs) {
            return runs::incrementAndGet;
        }
    }
}
