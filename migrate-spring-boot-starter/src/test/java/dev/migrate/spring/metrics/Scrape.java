package dev.migrate.spring.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an application exports for Prometheus, of this library's meters. */
record Scrape(List<Sample> samples) {

    private static final Pattern LINE = Pattern.compile("(?<name>[a-z_:]+)(\\{(?<labels>.*)})? (?<value>\\S+)");
    private static final Pattern LABEL = Pattern.compile("(?<key>[a-z_]+)=\"(?<value>[^\"]*)\"");

    /** One value of one series. */
    record Sample(String name, Map<String, String> labels, double value) {

        /** As PromQL writes it. */
        String series() {
            List<String> pairs = new ArrayList<>();
            labels.forEach((key, text) -> pairs.add(key + "=\"" + text + "\""));
            return name + "{" + String.join(",", pairs) + "}";
        }
    }

    static Scrape read(String text) {
        List<Sample> samples = new ArrayList<>();
        for (String line : text.split("\n")) {
            Matcher matcher = LINE.matcher(line.trim());
            if (line.startsWith("migrate_") && matcher.matches()) {
                Map<String, String> labels = new TreeMap<>();
                Matcher label = LABEL.matcher(String.valueOf(matcher.group("labels")));
                while (label.find()) {
                    labels.put(label.group("key"), label.group("value"));
                }
                samples.add(new Sample(matcher.group("name"), labels, Double.parseDouble(matcher.group("value"))));
            }
        }
        return new Scrape(samples);
    }

    /** The value of the one series of this name that has these labels; not a number while there is none. */
    double value(String name, String... labels) {
        List<Double> values = samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> has(sample.labels(), labels))
                .map(Sample::value)
                .toList();
        if (values.size() > 1) {
            throw new AssertionError(values.size() + " series " + name + " " + List.of(labels) + " in " + samples);
        }
        return values.isEmpty() ? Double.NaN : values.get(0);
    }

    private static boolean has(Map<String, String> all, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(all.get(labels[i]))) {
                return false;
            }
        }
        return true;
    }
}
