package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation says is there. */
class DocumentationTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern ROW = Pattern.compile("\\| `(migrate\\.[a-z0-9.-]+)` \\| (.+?) \\| (.+) \\|");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(#[^)]*)?\\)");

    @Test
    void the_table_of_properties_is_that_of_the_metadata() throws IOException {
        Map<String, Property> documented = new TreeMap<>();
        for (String line : Files.readAllLines(ROOT.resolve("README.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(documented.put(row.group(1), new Property(row.group(2), plain(row.group(3)))))
                        .as(row.group(1))
                        .isNull();
            }
        }
        Map<String, Property> real = properties();
        assertThat(real).hasSizeGreaterThan(20);

        assertThat(documented.keySet()).containsExactlyElementsOf(real.keySet());
        real.forEach((name, property) -> {
            Property row = documented.get(name);
            if (!property.defaultValue().isEmpty()) {
                assertThat(row.defaultValue()).as(name).isEqualTo("`" + property.defaultValue() + "`");
            }
            assertThat(row.description()).as(name).isEqualTo(property.description());
        });
    }

    @Test
    void every_link_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                String target = link.group(1);
                boolean here = !target.isEmpty() && !target.contains("://");
                links += here ? 1 : 0;
                if (here && !Files.exists(page.resolveSibling(target))) {
                    broken.add(ROOT.relativize(page) + " -> " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).as("links between the pages").isGreaterThan(20);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    /** A text without Markdown: the metadata has quotation marks for code, and no links. */
    private static String plain(String markdown) {
        return markdown.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replace('`', '\'');
    }

    /**
     * A property.
     *
     * @param defaultValue the default; empty if there is none
     */
    private record Property(String defaultValue, String description) {}

    private static Map<String, Property> properties() throws IOException {
        Map<String, Property> properties = new TreeMap<>();
        String file = "META-INF/spring-configuration-metadata.json";
        for (URL metadata :
                Collections.list(DocumentationTest.class.getClassLoader().getResources(file))) {
            try (Reader reader = new InputStreamReader(metadata.openStream(), StandardCharsets.UTF_8)) {
                for (JsonElement element :
                        JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray("properties")) {
                    JsonObject property = element.getAsJsonObject();
                    String name = property.get("name").getAsString();
                    JsonElement value = property.get("defaultValue");
                    if (name.startsWith("migrate.")) {
                        properties.put(
                                name,
                                new Property(
                                        value == null || !value.isJsonPrimitive() ? "" : value.getAsString(),
                                        property.get("description").getAsString()));
                    }
                }
            }
        }
        return properties;
    }
}
