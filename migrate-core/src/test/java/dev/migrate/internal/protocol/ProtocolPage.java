package dev.migrate.internal.protocol;

import dev.migrate.testing.Breaks;
import dev.migrate.testing.Promise;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of {@code docs/protocol.md} that show which checker judges which promise and which fault it detects. */
final class ProtocolPage {

    private static final Path PAGE = Path.of("../docs/protocol.md");
    private static final String ROUNDS_TEST = "dev.migrate.chaos.RoundCheckerTest";

    /** Why the exploration does not judge a promise. */
    static final Map<Promise, String> NOT_EXPLORED =
            new EnumMap<>(Map.of(Promise.SHUTDOWN, "no process shuts down there"));

    /** Why the rounds do not judge a promise. */
    static final Map<Promise, String> NOT_IN_ROUNDS = new EnumMap<>(Map.of(
            Promise.SHUTDOWN, "the time at which a signal reaches its process is unknown",
            Promise.CHECKPOINT_IN_TIME, "a slow machine must break no promise",
            Promise.REVERT, "no process of a round reverts"));

    private ProtocolPage() {}

    /** A row for each promise: what shows that each checker judges it. */
    static String promises() {
        StringBuilder rows = new StringBuilder(
                "| promise | simulation, without the rule | exploration, without the rule | rounds, a doctored history |\n|---|---|---|---|\n");
        for (Promise promise : Promise.values()) {
            rows.append("| **").append(promise.label()).append("**: ").append(promise.sentence());
            rows.append(" | ").append(cell(simulated(promise), "judged; no rule of its own"));
            rows.append(" | ").append(cell(explored(promise), "not judged: " + NOT_EXPLORED.get(promise)));
            rows.append(" | ").append(cell(doctored(promise), "not judged: " + NOT_IN_ROUNDS.get(promise)));
            rows.append(" |\n");
        }
        return rows.toString();
    }

    private static String cell(List<String> shown, String otherwise) {
        return shown.isEmpty() ? otherwise : String.join("; ", shown);
    }

    static List<String> simulated(Promise promise) {
        return rules(promise, Mutants.all().filter(Mutant::simulated));
    }

    static List<String> explored(Promise promise) {
        return rules(promise, Mutants.all().filter(mutant -> mutant.explored() != null));
    }

    private static List<String> rules(Promise promise, Stream<Mutant> mutants) {
        return mutants.filter(mutant -> mutant.promise() == promise)
                .map(Mutant::rule)
                .toList();
    }

    /** The tests that give the checker of the rounds a history which breaks the promise; each of them checks that it does. */
    static List<String> doctored(Promise promise) {
        try {
            return Arrays.stream(Class.forName(ROUNDS_TEST).getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Breaks.class))
                    .filter(method ->
                            List.of(method.getAnnotation(Breaks.class).value()).contains(promise))
                    .map(Method::getName)
                    .map(name -> name.replace('_', ' '))
                    .sorted()
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    static String section(String name) throws IOException {
        String text = Files.readString(PAGE);
        return text.substring(from(text, name), to(text, name));
    }

    static void write(String name, String table) throws IOException {
        String text = Files.readString(PAGE);
        Files.writeString(PAGE, text.substring(0, from(text, name)) + table + text.substring(to(text, name)));
    }

    private static int from(String text, String name) {
        return text.indexOf('\n', text.indexOf("<!-- " + name + ":")) + 1;
    }

    private static int to(String text, String name) {
        return text.indexOf("<!-- end of " + name);
    }

    static String shortened(String finding) {
        String line = finding.replaceAll("\\s+", " ").replace("|", "/");
        return line.length() > 110 ? line.substring(0, 109) + "…" : line;
    }

    /** A cell of the table of the rules. */
    static String finding(String finding) {
        return finding == null ? "–" : shortened(finding);
    }

    static String rules(List<String> rows) {
        return "| without this rule | the simulation finds | the exploration finds |\n|---|---|---|\n"
                + rows.stream().collect(Collectors.joining("\n", "", "\n"));
    }
}
