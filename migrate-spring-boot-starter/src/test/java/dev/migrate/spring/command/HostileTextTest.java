package dev.migrate.spring.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.PreviewableAction;
import dev.migrate.store.ReadResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What strangers wrote, in answers: it forges no line, moves no cursor, and tells no secret. */
class HostileTextTest {

    private static final String FORGED = "row\r\n2026-01-01 INFO forged\u001b[2J password=S3CR3T";

    private static final class Previewed implements PreviewableAction {
        @Override
        public String preview() {
            throw new IllegalStateException(FORGED);
        }

        @Override
        public void migrate() {
            throw new IllegalStateException(FORGED);
        }
    }

    private final CommandFixture bench = new CommandFixture().with("0001", "Prices", new Previewed());

    private static void harmless(CommandFixture.Ended... answers) {
        for (CommandFixture.Ended ended : answers) {
            String all = ended.out() + ended.err();
            assertThat(all).contains("forged").doesNotContain("\u001b", "\r", "S3CR3T");
            assertThat(all.lines()).noneMatch(line -> line.startsWith("2026-01-01 INFO"));
        }
    }

    @Test
    void ofAnException() {
        harmless(bench.run("plan"), bench.run("plan", "output=json"));
        harmless(bench.run("migrate"));
        harmless(bench.run("status"), bench.run("history"), bench.run("status", "output=json"));
    }

    @Test
    void ofALedgerThatWasEditedByHand() {
        bench.run("migrate");
        ReadResult.Found found = (ReadResult.Found) bench.objects.read("odin-dev/ledger.json");
        String text = "row\\r\\n2026-01-01 INFO forged\\u001b[2J password=S3CR3T";
        String edited = new String(found.content(), StandardCharsets.UTF_8)
                .replace("\"Prices\"", "\"Prices row\\r\\n2026-01-01 INFO forged\\u001b[2J\"")
                .replace("\"blue\"", "\"row\\r\\n2026-01-01 INFO forged\\u001b[2J\"")
                .replace("\"here\"", "\"row\\r\\n2026-01-01 INFO forged\\u001b[2J\"")
                .replaceAll("(\"error\":\\s*)\"[^\"]*\"", "$1\"" + text.replace("\\", "\\\\") + "\"");
        bench.objects.replace("odin-dev/ledger.json", edited.getBytes(StandardCharsets.UTF_8), found.version());
        for (String command : List.of("status", "history", "plan", "migrate")) {
            harmless(bench.run(command), bench.run(command, "output=json"));
        }
    }
}
