package dev.migrate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.fixtures.PlainApp;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.util.ClassUtils;

/** Applications that cannot measure, because libraries are not there at all. */
class WithoutMetricsTest {

    @TempDir
    Path ledger;

    /** An application that says what it has. */
    @Import(PlainApp.class)
    static class Child {

        public static void main(String[] arguments) {
            SpringApplication.run(Child.class, arguments).close();
        }

        @Bean
        CommandLineRunner last(ApplicationContext context) {
            boolean meters = ClassUtils.isPresent("io.micrometer.core.instrument.MeterRegistry", null);
            return arguments -> System.out.println(
                    "micrometer " + meters + ", listens " + context.containsBean("dev.migrate.meters"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "micrometer-(core|registry|tracing|jakarta).* -> micrometer false, listens false",
                "(spring-boot-(starter-)?(actuator|micrometer)).* -> micrometer true, listens true"
            })
    void they_migrate_all_the_same(String libraries) throws Exception {
        String[] words = libraries.split(" -> ");
        String classPath = Arrays.stream(ChildJvm.classPathWithout("\u0000").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches(words[0]))
                .collect(Collectors.joining(File.pathSeparator));
        var arguments = new TestApplications(ledger).arguments("basic", "--spring.main.web-application-type=none");
        try (var child = new ChildJvm(classPath, List.of(), Child.class, arguments)) {
            assertThat(child.exitCode(Duration.ofMinutes(3))).as(child.output()).isZero();
            assertThat(child.output()).contains("3 applied now").contains(words[1]);
        }
    }
}
