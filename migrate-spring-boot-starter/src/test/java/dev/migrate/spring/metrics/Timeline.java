package dev.migrate.spring.metrics;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a server of Prometheus would have seen, minute by minute, of what applications really exported. */
final class Timeline {

    private static final String NOTHING = "_";
    /** What Prometheus writes when a process is gone. */
    private static final String GONE = "stale";

    private final Map<String, List<String>> series = new LinkedHashMap<>();
    private final Map<String, Map<String, Set<String>>> exported = new TreeMap<>();
    private int minutes;

    /** Lets minutes pass in which the processes export this. */
    void pass(int many, Map<String, Scrape> byInstance) {
        Map<String, String> now = new TreeMap<>();
        byInstance.forEach((instance, scrape) -> scrape.samples().forEach(sample -> {
            Map<String, String> labels = new TreeMap<>(sample.labels());
            labels.putAll(Map.of("instance", instance, "job", "cars"));
            String value = Double.isNaN(sample.value()) ? NOTHING : Double.toString(sample.value());
            now.put(new Scrape.Sample(sample.name(), labels, 0).series(), value);
            Map<String, Set<String>> known = exported.computeIfAbsent(sample.name(), unused -> new TreeMap<>());
            labels.forEach((label, text) ->
                    known.computeIfAbsent(label, unused -> new TreeSet<>()).add(text));
        }));
        now.keySet()
                .forEach(name ->
                        series.computeIfAbsent(name, unused -> new ArrayList<>(Collections.nCopies(minutes, NOTHING))));
        series.forEach((name, values) -> {
            String value = now.getOrDefault(name, GONE);
            values.addAll(Collections.nCopies(many, value));
        });
        minutes += many;
    }

    /** The labels with which a name was exported, and their values; empty where it was not. */
    Map<String, Set<String>> labels(String name) {
        return exported.getOrDefault(name, Map.of());
    }

    /** All names that were exported, with their labels. */
    Map<String, Set<String>> names() {
        Map<String, Set<String>> names = new TreeMap<>();
        exported.forEach((name, labels) -> names.put(name, labels.keySet()));
        return names;
    }

    /** All values of a label. */
    Set<String> values(String label) {
        Set<String> values = new TreeSet<>();
        exported.values().forEach(labels -> values.addAll(labels.getOrDefault(label, Set.of())));
        return values;
    }

    /** How many minutes have passed. */
    int minutes() {
        return minutes;
    }

    /**
     * A test of the rules.
     *
     * @param expected which alarms are to fire, by the minute; in the form {@code name environment}
     */
    String test(Path rules, Map<Integer, List<String>> expected) {
        StringBuilder text = new StringBuilder("rule_files:\n  - '" + rules.toAbsolutePath() + "'\n");
        text.append("evaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n");
        series.forEach((name, values) -> text.append("      - series: '" + name + "'\n")
                .append("        values: '" + String.join(" ", values) + "'\n"));
        text.append("    promql_expr_test:\n");
        expected.forEach((minute, alarms) -> {
            text.append("      - expr: 'count by (alertname, environment) (ALERTS{alertstate=\"firing\"})'\n")
                    .append("        eval_time: " + minute + "m\n        exp_samples:\n");
            for (String alarm : alarms) {
                String[] words = alarm.split(" ");
                text.append("          - labels: '{alertname=\"" + words[0] + "\", environment=\"" + words[1]
                                + "\"}'\n")
                        .append("            value: 1\n");
            }
        });
        return text.toString();
    }
}
