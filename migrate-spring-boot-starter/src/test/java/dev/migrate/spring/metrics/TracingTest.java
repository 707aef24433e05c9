package dev.migrate.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.PlainApp;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The traces of a run, through Micrometer's bridge to OpenTelemetry. */
class TracingTest {

    private static final List<SpanData> SPANS = new CopyOnWriteArrayList<>();

    @TempDir
    Path ledger;

    @BeforeEach
    void clear() {
        SPANS.clear();
    }

    @Test
    void the_observation_can_be_switched_off_by_its_name() {
        assertThatThrownBy(() -> run("--management.observations.enable.migrate.action=false"))
                .hasStackTraceContaining("no such car");
        assertThat(SPANS).extracting(SpanData::getName).containsExactlyInAnyOrder("cars.painted", "cars.sold");
    }

    private void run(String argument) {
        var sources = new Class<?>[] {PlainApp.class, Traces.class};
        new TestApplications(ledger).run(sources, "traced", "--migrate.on-failure=exit", argument);
    }

    @Test
    void each_migration_is_one_span_in_a_trace_of_its_own_and_what_it_calls_is_a_child_of_it() {
        assertThatThrownBy(() -> run("--migrate.deployment=blue")).hasStackTraceContaining("no such car");

        assertThat(SPANS)
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder("migrate 0001", "cars.painted", "migrate 0002", "cars.sold");
        SpanData well = span("migrate 0001");
        assertThat(well.getParentSpanContext().isValid()).isFalse();
        assertThat(well.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
        assertThat(attributes(well))
                .containsAllEntriesOf(Map.of(
                        "environment", "odin-dev",
                        "kind", "migrate",
                        "migration", "0001",
                        "attempt", "1",
                        "deployment", "blue"));
        assertThat(span("cars.painted").getParentSpanId()).isEqualTo(well.getSpanId());
        assertThat(span("cars.painted").getTraceId()).isEqualTo(well.getTraceId());
        SpanData badly = span("migrate 0002");
        assertThat(badly.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(badly.getEvents()).singleElement().satisfies(event -> assertThat(
                        event.getAttributes().asMap().values())
                .contains("no such car"));
        assertThat(badly.getTraceId()).isNotEqualTo(well.getTraceId());
        assertThat(span("cars.sold").getParentSpanId()).isEqualTo(badly.getSpanId());
    }

    private static SpanData span(String name) {
        return SPANS.stream()
                .filter(span -> name.equals(span.getName()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> attributes(SpanData span) {
        Map<String, String> attributes = new TreeMap<>();
        span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), String.valueOf(value)));
        return attributes;
    }

    /** Keeps what it is given. */
    private static final class Kept implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            SPANS.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Traces {

        @Bean
        SdkTracerProvider tracerProvider() {
            return SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(new Kept()))
                    .build();
        }

        @Bean
        Tracer tracer(SdkTracerProvider provider) {
            return new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), event -> {});
        }

        @Bean
        DefaultTracingObservationHandler tracingHandler(Tracer tracer) {
            return new DefaultTracingObservationHandler(tracer);
        }
    }
}
