package dev.migrate.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The signals, as the page on monitoring has them. */
class MigrationMetricsTest {

    private static List<String> page() throws IOException {
        return Files.readAllLines(MonitoringFiles.document("monitoring.md"));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String row(MigrationMetrics signal) {
        String type = signal.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String unit = signal.baseUnit().isEmpty() ? "" : ", in " + signal.baseUnit();
        String keys = signal.keys().stream().map(key -> code(key.id())).collect(Collectors.joining(", "));
        return "| " + code(signal.id()) + " | " + type + unit + " | " + keys + " | " + signal.description() + ". |";
    }

    private static String row(MigrationMetricKeys key) {
        String where = key.lowCardinality() ? "on meters and spans" : "on spans alone";
        String possible =
                key.possible().stream().map(MigrationMetricsTest::code).collect(Collectors.joining(", "));
        String values = possible.isEmpty() ? key.description() : key.description() + ": " + possible;
        return "| " + code(key.id()) + " | " + where + " | " + values + " |";
    }

    /** The rows of the table whose head begins so. */
    private static List<String> rows(String head) throws IOException {
        return page().stream()
                .dropWhile(line -> !line.startsWith(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    @Test
    void the_page_has_every_signal_as_it_is() throws IOException {
        assertThat(rows("| name | what it is |"))
                .containsExactlyElementsOf(Arrays.stream(MigrationMetrics.values())
                        .map(MigrationMetricsTest::row)
                        .toList());
    }

    @Test
    void the_page_has_every_key_as_it_is() throws IOException {
        assertThat(rows("| key | where |"))
                .containsExactlyElementsOf(Arrays.stream(MigrationMetricKeys.values())
                        .map(MigrationMetricsTest::row)
                        .toList());
    }

    @Test
    void the_page_has_every_alarm() throws IOException {
        assertThat(rows("| alert | fires |"))
                .extracting(row -> row.split("`")[1])
                .containsExactlyInAnyOrderElementsOf(MonitoringFiles.alarms().keySet());
    }

    @Test
    void a_meter_has_low_cardinality_and_only_an_observation_has_more() {
        assertThat(MigrationMetrics.values())
                .filteredOn(signal -> signal.type() == MigrationMetrics.Type.OBSERVATION)
                .as("an observation has more")
                .anyMatch(signal -> !signal.keys().stream().allMatch(MigrationMetricKeys::lowCardinality));
        for (MigrationMetrics signal : MigrationMetrics.values()) {
            if (signal.type() != MigrationMetrics.Type.OBSERVATION) {
                assertThat(signal.keys()).as(signal.id()).allMatch(MigrationMetricKeys::lowCardinality);
            }
        }
    }
}
