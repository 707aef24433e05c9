package dev.migrate.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.PlainApp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.context.metrics.buffering.StartupTimeline;

/** The run as a step of the start-up of Spring. */
class StartupStepTest {

    @TempDir
    Path ledger;

    private List<StartupTimeline.TimelineEvent> steps(String... arguments) {
        var startup = new BufferingApplicationStartup(10_000);
        new SpringApplicationBuilder(PlainApp.class)
                .applicationStartup(startup)
                .web(WebApplicationType.NONE)
                .run(new TestApplications(ledger).arguments("basic", arguments))
                .close();
        return startup.getBufferedTimeline().getEvents().stream()
                .filter(event -> event.getStartupStep().getName().startsWith("migrate."))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"runner", "early"})
    void a_run_is_one_step_that_says_how_it_was_started_and_how_far_it_came(String start) {
        assertThat(steps("--migrate.start=" + start)).singleElement().satisfies(event -> {
            assertThat(event.getStartupStep().getName()).isEqualTo("migrate.run");
            Map<String, String> tags = new TreeMap<>();
            event.getStartupStep().getTags().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
            assertThat(tags).isEqualTo(Map.of("mode", "startup", "start", start, "state", "open"));
            assertThat(event.getDuration()).isPositive();
        });
    }

    @Test
    void where_nothing_is_run_there_is_no_step() {
        assertThat(steps("--migrate.enabled=false")).isEmpty();
    }
}
