package dev.migrate.spring.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Verdict;
import dev.migrate.run.Block;
import dev.migrate.run.MigrationEvent;
import dev.migrate.run.MigrationReport;
import dev.migrate.spring.HandTicker;
import dev.migrate.spring.notify.Posts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScaleInGuardTest {

    private static final String GRANTED = "{\"protection\":{\"ProtectionEnabled\":true,\"TaskArn\":\"arn\"}}";
    private static final String PROTECT =
            "PUT /task-protection/v1/state {\"ProtectionEnabled\":true,\"ExpiresInMinutes\":5}";
    private static final String RELEASE = "PUT /task-protection/v1/state {\"ProtectionEnabled\":false}";
    private static final Attempt ATTEMPT =
            new Attempt(MigrationId.of("0003"), "Prices", 1, "t", null, null, null, false, Map.of());

    private final HandTicker ticker = new HandTicker();

    private static MigrationEvent progressed() {
        return new MigrationEvent.Progressed(new Running(ATTEMPT, Duration.ofSeconds(60), 1, null, null));
    }

    private static MigrationEvent completed() {
        return new MigrationEvent.Completed(new MigrationReport(List.of(), List.of(), 1, Duration.ZERO));
    }

    @Test
    void theTaskIsProtectedWhileAnActionRunsAndAgainBeforeThatEnds() throws IOException {
        try (var agent = new Posts(GRANTED)) {
            var guard = new ScaleInGuard(new TaskProtection(agent.origin()), ticker);
            guard.on(completed()); // a start with nothing to do asks for nothing
            assertThat(agent.bodies()).isEmpty();
            guard.on(new MigrationEvent.Started(ATTEMPT, null));
            ticker.pass(Duration.ofMinutes(2));
            guard.on(progressed());
            assertThat(agent.bodies()).containsExactly(PROTECT);
            ticker.pass(Duration.ofMinutes(1));
            guard.on(progressed());
            guard.on(progressed());
            assertThat(agent.bodies()).containsExactly(PROTECT, PROTECT);
            guard.on(completed());
            guard.on(completed());
            assertThat(agent.bodies()).containsExactly(PROTECT, PROTECT, RELEASE);
        }
    }

    static List<MigrationEvent> ends() {
        Halted halted = new Halted(ATTEMPT, Verdict.FAILED, "no such car", null, null);
        return List.of(
                completed(),
                new MigrationEvent.Halt(halted, new IllegalStateException("no such car")),
                new MigrationEvent.Blocked(new Block("0003 failed.", "Deploy the fix.", halted)),
                new MigrationEvent.Blocked(new Block("The ledger cannot be used.", "Mend it.", null)));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void theProtectionIsGivenBackOnceHoweverTheRunEnds(MigrationEvent end) throws IOException {
        try (var agent = new Posts(GRANTED)) {
            var guard = new ScaleInGuard(new TaskProtection(agent.origin()), ticker);
            guard.on(new MigrationEvent.Started(ATTEMPT, null));
            assertThat(agent.bodies()).containsExactly(PROTECT);
            guard.on(end);
            guard.on(end);
            assertThat(agent.bodies()).containsExactly(PROTECT, RELEASE);
        }
    }

    @Test
    void whatIsRefusedIsAskedForAgainAndChangesNothing() throws IOException {
        try (var agent = new Posts("{\"failure\":{\"Reason\":\"TASK_NOT_VALID\"}}")) {
            var guard = new ScaleInGuard(new TaskProtection(agent.origin()), ticker);
            guard.on(new MigrationEvent.Started(ATTEMPT, null));
            guard.on(completed());
            assertThat(agent.bodies()).containsExactly(PROTECT); // nothing to give back
            assertThatThrownBy(() -> new TaskProtection(agent.origin()).protect(Duration.ofMinutes(5)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("TASK_NOT_VALID");
            agent.answerNext(400);
            assertThatThrownBy(() -> new TaskProtection(agent.origin()).release())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("400");
        }
        new ScaleInGuard(new TaskProtection("not an address"), ticker).on(new MigrationEvent.Started(ATTEMPT, null));
    }
}
