package dev.migrate.spring.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import brave.sampler.Sampler;
import dev.migrate.spring.Apps;
import dev.migrate.spring.fixtures.PlainApp;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The traces of a run, through Micrometer's bridge to Brave. */
class TracingTest {

    private static final List<MutableSpan> SPANS = new CopyOnWriteArrayList<>();

    @TempDir
    Path ledger;

    @Test
    void each_migration_is_one_span_in_a_trace_of_its_own_and_what_it_calls_is_a_child_of_it() {
        SPANS.clear();
        assertThatThrownBy(() -> new Apps(ledger)
                        .run(
                                new Class<?>[] {PlainApp.class, Traces.class},
                                "traced",
                                "--migrate.on-failure=exit",
                                "--migrate.deployment=blue"))
                .hasStackTraceContaining("no such car");

        assertThat(SPANS)
                .extracting(MutableSpan::name)
                .containsExactlyInAnyOrder("migrate 0001", "cars.painted", "migrate 0002", "cars.sold");
        MutableSpan well = span("migrate 0001");
        assertThat(well.parentId()).isNull();
        assertThat(well.error()).isNull();
        assertThat(well.tags())
                .containsAllEntriesOf(Map.of(
                        "environment", "odin-dev",
                        "kind", "migrate",
                        "migration", "0001",
                        "attempt", "1",
                        "deployment", "blue"));
        assertThat(span("cars.painted").parentId()).isEqualTo(well.id());
        assertThat(span("cars.painted").traceId()).isEqualTo(well.traceId());
        MutableSpan badly = span("migrate 0002");
        assertThat(badly.error()).hasMessage("no such car");
        assertThat(badly.traceId()).isNotEqualTo(well.traceId());
        assertThat(span("cars.sold").parentId()).isEqualTo(badly.id());
    }

    private static MutableSpan span(String name) {
        return SPANS.stream()
                .filter(span -> name.equals(span.name()))
                .findFirst()
                .orElseThrow();
    }

    @Configuration(proxyBeanMethods = false)
    static class Traces {

        @Bean
        Tracing tracing() {
            return Tracing.newBuilder()
                    .sampler(Sampler.ALWAYS_SAMPLE)
                    .addSpanHandler(new SpanHandler() {
                        @Override
                        public boolean end(TraceContext context, MutableSpan span, Cause cause) {
                            return SPANS.add(new MutableSpan(context, span));
                        }
                    })
                    .build();
        }

        @Bean
        Tracer tracer(Tracing tracing) {
            return new BraveTracer(
                    tracing.tracer(),
                    new BraveCurrentTraceContext(tracing.currentTraceContext()),
                    new BraveBaggageManager());
        }

        @Bean
        DefaultTracingObservationHandler tracingHandler(Tracer tracer) {
            return new DefaultTracingObservationHandler(tracer);
        }
    }
}
