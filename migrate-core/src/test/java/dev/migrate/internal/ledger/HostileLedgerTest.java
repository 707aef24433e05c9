package dev.migrate.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.listener.BlockingVerdict;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A register in which somebody wrote what would forge lines and tell secrets, in each text that is ever shown. */
class HostileLedgerTest {

    private static final String TEXT = "row\\r\\n2026-01-01 INFO forged\\u001b[2J password=S3CR3T";
    private static final String OWNER = "{\"host\":\"" + TEXT + "\",\"pid\":7,\"task\":\"" + TEXT + "\"}";
    private static final String ATTEMPT = "\"name\":\"" + TEXT + "\",\"attempt\":1,\"token\":\"t\",\"deployment\":\""
            + TEXT + "\",\"owner\":" + OWNER;
    private static final String REGISTER = "{\"format\":1,\"environment\":\"dev\",\"revision\":1,\"nonce\":\"n\","
            + "\"applied\":[{\"id\":\"0001\"," + ATTEMPT + "}],\"running\":null,"
            + "\"halted\":{\"id\":\"0002\"," + ATTEMPT + ",\"verdict\":\"FAILED\",\"error\":\"" + TEXT
            + "\",\"checkpoint\":\"" + TEXT + "\"},"
            + "\"attempts\":[{\"id\":\"0001\"," + ATTEMPT + ",\"what\":\"" + TEXT + "\",\"error\":\"" + TEXT
            + "\",\"reason\":\"" + TEXT + "\",\"by\":{\"host\":\"" + TEXT + "\",\"pid\":7,\"user\":\"" + TEXT
            + "\"}}]}";

    @Test
    void an_error_forges_no_log_line_and_reveals_no_secret() {
        LedgerState state = LedgerJson.read(REGISTER.getBytes(StandardCharsets.UTF_8), new EnvironmentName("dev"), "x")
                .state();
        BlockingVerdict halted = state.halted();
        HistoryEntry past = state.attempts().get(0);
        assertThat(halted.error())
                .isEqualTo("row\\r\\n2026-01-01 INFO forged\\u001b[2J password=***")
                .isEqualTo(past.error())
                .isEqualTo(past.reason());
        for (Object shown : new Object[] {
            state.applied().get(0).attempt().displayName(),
            state.applied().get(0).attempt().deployment(),
            halted.attempt().displayName(),
            halted.attempt().deployment(),
            halted.attempt().owner(),
            halted.attempt().owner().host(),
            past.attempt().displayName(),
            past.type(),
            past.by(),
            past.by().user()
        }) {
            assertThat(String.valueOf(shown))
                    .contains("row\\r\\n2026-01-01 INFO forged\\u001b[2J")
                    .doesNotContain("\r", "\n", "\u001b");
        }
        // The action gets what it wrote.
        assertThat(halted.checkpoint()).isEqualTo("row\r\n2026-01-01 INFO forged\u001b[2J password=S3CR3T");
    }
}
