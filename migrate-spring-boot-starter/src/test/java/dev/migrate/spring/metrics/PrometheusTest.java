package dev.migrate.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What applications really export, and the files for Prometheus and Grafana that use it. */
@Timeout(600)
class PrometheusTest {

    private static final Pattern NAME = Pattern.compile("\\bmigrate_[a-z_]+");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern VARIABLE = Pattern.compile("label_values\\((\\w+), *(\\w+)\\)");
    /** What Prometheus itself puts on every series. */
    private static final Set<String> OF_TARGET = Set.of("instance", "job");

    @TempDir
    static Path folder;

    private static Timeline good;
    private static Timeline bad;

    @BeforeAll
    static void run() throws Exception {
        var well = new FutureTask<>(() -> Runs.good(folder.resolve("good")));
        new Thread(well, "good-run").start();
        bad = Runs.bad(folder.resolve("bad"));
        good = well.get();
    }

    @Test
    void every_name_and_label_that_the_files_use_is_exported() throws IOException {
        List<String> expressions = new ArrayList<>(MonitoringFiles.alarms().values());
        expressions.addAll(MonitoringFiles.queries());
        assertThat(expressions).hasSizeGreaterThan(15);
        for (String expression : expressions) {
            assertExported(expression);
        }
    }

    private static void assertExported(String expression) {
        Set<String> labels = new HashSet<>(OF_TARGET);
        Matcher name = NAME.matcher(expression);
        List<String> names = new ArrayList<>();
        while (name.find()) {
            names.add(name.group());
            assertThat(bad.labels(name.group()))
                    .as("%s in %s", name.group(), expression)
                    .isNotEmpty();
            labels.addAll(bad.labels(name.group()).keySet());
        }
        assertThat(names).as(expression).isNotEmpty();
        assertBalanced(expression);
        Matcher grouping = GROUPING.matcher(expression);
        while (grouping.find()) {
            assertThat(grouping.group(1).trim().split("\\s*,\\s*"))
                    .as(expression)
                    .isSubsetOf(labels);
        }
        Matcher matcher = MATCHER.matcher(expression);
        while (matcher.find()) {
            assertThat(matcher.group(1)).as(expression).isIn(labels);
            for (String value : matcher.group(3).split("\\|")) {
                if (!value.startsWith("$")) {
                    assertThat(bad.values(matcher.group(1))).as(expression).contains(value);
                }
            }
        }
    }

    /** A part of what promtool checks, for where there is none. */
    private static void assertBalanced(String expression) {
        Deque<Character> open = new ArrayDeque<>();
        for (char c : expression.replaceAll("\"[^\"]*\"", "").toCharArray()) {
            int closed = ")]}".indexOf(c);
            if ("([{".indexOf(c) >= 0) {
                open.push(c);
            } else if (closed >= 0) {
                assertThat(open).as(expression).isNotEmpty();
                assertThat(open.pop()).as(expression).isEqualTo("([{".charAt(closed));
            }
            assertThat(c).as(expression).isNotEqualTo('"');
        }
        assertThat(open).as(expression).isEmpty();
    }

    @Test
    void the_variables_of_the_dashboard_ask_for_what_is_exported() throws IOException {
        List<String> asked = MonitoringFiles.variables().stream()
                .filter(query -> query.startsWith("label_values"))
                .toList();
        assertThat(asked).isNotEmpty().allSatisfy(query -> {
            Matcher matcher = VARIABLE.matcher(query);
            assertThat(matcher.matches()).isTrue();
            assertThat(bad.labels(matcher.group(1))).containsKey(matcher.group(2));
        });
    }

    @Test
    void what_is_exported_is_what_the_signals_say_no_more_and_no_less() {
        Map<String, Set<String>> expected = new TreeMap<>();
        for (MigrationMetrics signal : MigrationMetrics.values()) {
            Set<String> tags = new HashSet<>(OF_TARGET);
            signal.keys().stream()
                    .filter(MigrationMetricKeys::lowCardinality)
                    .map(MigrationMetricKeys::id)
                    .forEach(tags::add);
            String name = signal.id().replace('.', '_');
            switch (signal.type()) {
                case GAUGE -> expected.put(name, tags);
                case COUNTER -> expected.put(name + "_total", tags);
                case TIMER, LONG_TASK_TIMER -> putTimer(expected, name, tags);
                case OBSERVATION -> {
                    putTimer(expected, name + "_active", tags);
                    Set<String> withError = new HashSet<>(tags);
                    withError.add("error");
                    putTimer(expected, name, withError);
                }
            }
        }
        assertThat(bad.names()).isEqualTo(expected);
    }

    private static void putTimer(Map<String, Set<String>> expected, String name, Set<String> tags) {
        for (String part : List.of("count", "sum", "max")) {
            expected.put(name + "_seconds_" + part, tags);
        }
    }

    @Test
    void a_tag_has_no_other_values_than_the_signals_say() {
        for (MigrationMetricKeys key : MigrationMetricKeys.values()) {
            if (key.lowCardinality() && !key.possible().isEmpty()) {
                assertThat(bad.values(key.id())).as(key.id()).isNotEmpty().isSubsetOf(key.possible());
            }
        }
        assertThat(bad.values("environment")).containsExactlyInAnyOrder("odin-dev", "thor-dev", "loki-dev");
        assertThat(bad.values("outcome")).containsExactlyInAnyOrder(MetricOutcome.all());
    }

    @Test
    void each_alarm_fires_on_a_bad_run_and_no_longer_than_it_should() throws Exception {
        Map<Integer, List<String>> expected = new TreeMap<>();
        expected.put(Runs.BEFORE, List.of());
        expected.put(Runs.SLOW, List.of("MigrationRunsLong odin-dev", "MigrationsWaitLong odin-dev"));
        expected.put(Runs.FAILED, List.of("MigrationFailed odin-dev", "MigrationsBlocked odin-dev"));
        expected.put(Runs.FAILED_LONG_AGO, List.of("MigrationsBlocked odin-dev"));
        expected.put(
                Runs.FAILED_AGAIN,
                List.of("MigrationFailed odin-dev", "MigrationFailedAgain odin-dev", "MigrationsBlocked odin-dev"));
        expected.put(Runs.TAKEN_OVER, List.of("MigrationTakenOver thor-dev", "MigrationsBlocked thor-dev"));
        expected.put(Runs.BLOCKED_LONG, List.of("MigrationsBlocked thor-dev"));
        expected.put(Runs.UNREACHABLE_AT_FIRST, List.of());
        expected.put(Runs.UNREACHABLE, List.of("MigrationLedgerUnreachable loki-dev"));
        expected.put(Runs.AFTER, List.of());
        assertThat(expected.values().stream().flatMap(List::stream).map(alarm -> alarm.split(" ")[0]))
                .as("every alarm is tested")
                .containsAll(MonitoringFiles.alarms().keySet());
        assertPasses("bad.yml", bad.test(MonitoringFiles.rules(), expected));
    }

    @Test
    void no_alarm_fires_on_a_good_run() throws Exception {
        Map<Integer, List<String>> nothing = new TreeMap<>();
        for (int minute = 0; minute < good.minutes(); minute++) {
            nothing.put(minute, List.of());
        }
        assertPasses("good.yml", good.test(MonitoringFiles.rules(), nothing));
    }

    private static void assertPasses(String file, String test) throws Exception {
        Promtool.Result result = promtool().run(folder.resolve(file), test, "test", "rules");
        assertThat(result.passed()).as(result.output()).isTrue();
    }

    @Test
    void the_queries_of_the_dashboard_can_be_read_by_Prometheus() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n  - name: queries\n    rules:\n");
        for (String query : MonitoringFiles.queries()) {
            rules.append("      - record: a:query\n        expr: '")
                    .append(query.replace("$__rate_interval", "5m"))
                    .append("'\n");
        }
        Promtool.Result result =
                promtool().run(folder.resolve("queries.yml"), rules.toString(), "check", "rules", "--lint=none");
        assertThat(result.passed()).as(result.output()).isTrue();
    }

    private static Promtool promtool() {
        Optional<Promtool> found = Promtool.find();
        Requirement.PROMTOOL.check(
                found.isPresent(), "promtool is neither on the path nor named by PROMTOOL: rules are not tried");
        return found.orElseThrow();
    }
}
