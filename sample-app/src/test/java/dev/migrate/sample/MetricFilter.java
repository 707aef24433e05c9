package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of the filter patterns of Amazon CloudWatch Logs as the documentation uses, applied to lines of a log. */
record MetricFilter(String pattern) {

    private static final Pattern TERM = Pattern.compile("\\$\\.(\\w+) (=|>|>=) (?:\"([^\"]*)\"|(\\d+))");

    private static final Pattern ROW = Pattern.compile("\\| ([a-z ]+) \\| `(\\{ .+ \\})` \\|");

    /** Every filter of the documentation, and how often it fires. */
    static Map<String, Long> documented(List<JsonObject> entries) {
        Map<String, Long> counts = new TreeMap<>();
        all().forEach((alarm, filter) -> counts.put(alarm, filter.count(entries)));
        return counts;
    }

    static Map<String, MetricFilter> all() {
        Map<String, MetricFilter> filters = new TreeMap<>();
        try {
            Matcher row = ROW.matcher(Files.readString(Path.of("../docs/monitoring.md")));
            while (row.find()) {
                filters.put(row.group(1), new MetricFilter(row.group(2)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(filters)
                .containsOnlyKeys(
                        "failure", "longer than five minutes", "repeated failure", "blocked", "ledger unreachable");
        return filters;
    }

    /** What a service has said so far, where it says it in JSON. */
    static List<JsonObject> entries(Service service) {
        return service.log().stream()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    long count(List<JsonObject> entries) {
        String terms = pattern.substring(1, pattern.length() - 1).strip();
        return entries.stream()
                .filter(entry -> Pattern.compile(" && ").splitAsStream(terms).allMatch(term -> matches(term, entry)))
                .count();
    }

    private static boolean matches(String term, JsonObject entry) {
        Matcher parts = TERM.matcher(term.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("no term of a filter: " + term);
        }
        JsonElement value = entry.get(parts.group(1));
        if (value == null || !value.isJsonPrimitive()) {
            return false;
        }
        if (parts.group(3) != null) {
            return value.getAsString().equals(parts.group(3));
        }
        double limit = Double.parseDouble(parts.group(4));
        return switch (parts.group(2)) {
            case ">" -> value.getAsDouble() > limit;
            case ">=" -> value.getAsDouble() >= limit;
            default -> value.getAsDouble() == limit;
        };
    }
}
