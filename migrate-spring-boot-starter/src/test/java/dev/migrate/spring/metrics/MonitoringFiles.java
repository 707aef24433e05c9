package dev.migrate.spring.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/** The files that a user gives to Prometheus and to Grafana. */
public final class MonitoringFiles {

    private MonitoringFiles() {}

    /** A file in the folder of the documents, from whichever module. */
    public static Path document(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/architecture.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs").resolve(name);
    }

    static Path rules() {
        return document("monitoring/prometheus-alerts.yml");
    }

    /** The rules: the expression of each alarm, by its name. */
    @SuppressWarnings("unchecked") // YAML has no types of its own
    static Map<String, String> alarms() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(rules()));
        Map<String, String> alarms = new TreeMap<>();
        for (Map<String, Object> group : (List<Map<String, Object>>) file.get("groups")) {
            for (Map<String, Object> rule : (List<Map<String, Object>>) group.get("rules")) {
                alarms.put((String) rule.get("alert"), (String) rule.get("expr"));
            }
        }
        return alarms;
    }

    /** The queries of the dashboard, variables included. */
    static List<String> queries() throws IOException {
        JsonObject dashboard = JsonParser.parseString(Files.readString(document("monitoring/grafana-dashboard.json")))
                .getAsJsonObject();
        List<String> queries = new ArrayList<>();
        for (JsonElement panel : dashboard.getAsJsonArray("panels")) {
            JsonArray targets = panel.getAsJsonObject().getAsJsonArray("targets");
            targets.forEach(
                    target -> queries.add(target.getAsJsonObject().get("expr").getAsString()));
        }
        return queries;
    }

    /** The queries by which the dashboard finds the values of its variables. */
    static List<String> variables() throws IOException {
        JsonObject dashboard = JsonParser.parseString(Files.readString(document("monitoring/grafana-dashboard.json")))
                .getAsJsonObject();
        List<String> queries = new ArrayList<>();
        for (JsonElement variable : dashboard.getAsJsonObject("templating").getAsJsonArray("list")) {
            queries.add(variable.getAsJsonObject().get("query").getAsString());
        }
        return queries;
    }
}
