package dev.migrate.spring.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of fields in the documentation, against which real documents are held. */
public final class DocumentedJson {

    private static final Pattern HEADING = Pattern.compile("#{2,3} (.+)");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (.+?) \\| .+ \\|");
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\([^)]*\\)");
    private static final String ALSO = "An [attempt](#attempt), and:";

    private final Map<String, Map<String, String>> tables = new HashMap<>();
    private final Map<String, Set<String>> seen = new HashMap<>();

    /** Reads pages of the folder docs, each table by the heading over it. */
    public DocumentedJson(String... pages) throws IOException {
        for (String page : pages) {
            String heading = "";
            List<String> also = new ArrayList<>();
            for (String line : Files.readAllLines(docs().resolve(page))) {
                Matcher title = HEADING.matcher(line);
                Matcher row = ROW.matcher(line);
                if (title.matches()) {
                    heading = title.group(1).toLowerCase(Locale.ROOT);
                } else if (line.equals(ALSO)) {
                    also.add(heading);
                } else if (row.matches()) {
                    tables.computeIfAbsent(heading, key -> new TreeMap<>())
                            .put(row.group(1), LINK.matcher(row.group(2)).replaceAll("$1"));
                }
            }
            also.forEach(one -> table(one).putAll(table("attempt")));
        }
    }

    private static Path docs() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("docs/operations.md"))) {
            at = at.getParent();
        }
        return at.resolve("docs");
    }

    private Map<String, String> table(String heading) {
        Map<String, String> table = tables.get(heading);
        assertThat(table).as("a table under the heading '" + heading + "'").isNotNull();
        return table;
    }

    /** Holds an object against the tables that describe it together. */
    public void check(JsonObject json, String... headings) {
        for (String field : json.keySet()) {
            String heading = List.of(headings).stream()
                    .filter(name -> table(name).containsKey(field))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(
                            "'" + field + "' is not under " + String.join(", ", headings) + ": " + json));
            seen.computeIfAbsent(heading, key -> new TreeSet<>()).add(field);
            check(json.get(field), String.valueOf(table(heading).get(field)), heading + ": " + field);
        }
    }

    private void check(JsonElement value, String type, String where) {
        if (type.startsWith("list of ")) {
            assertThat(value.isJsonArray()).as(where).isTrue();
            value.getAsJsonArray().forEach(one -> check(one, type.substring("list of ".length()), where));
        } else if (value instanceof JsonPrimitive primitive) {
            boolean right =
                    switch (type) {
                        case "text" -> primitive.isString();
                        case "number" -> primitive.isNumber();
                        case "boolean" -> primitive.isBoolean();
                        case "time" ->
                            primitive.isString()
                                    && !Instant.parse(primitive.getAsString()).equals(Instant.MAX);
                        default -> false;
                    };
            assertThat(right)
                    .as(where + " is " + value + ", and should be " + type)
                    .isTrue();
        } else {
            check(value.getAsJsonObject(), type);
        }
    }

    /** What is described under these headings, and was in none of the documents. */
    public void assertAllSeen(String... headings) {
        for (String heading : headings) {
            assertThat(seen.getOrDefault(heading, Set.of()))
                    .as("the fields under '" + heading + "' that there really are")
                    .isEqualTo(table(heading).keySet());
        }
    }
}
