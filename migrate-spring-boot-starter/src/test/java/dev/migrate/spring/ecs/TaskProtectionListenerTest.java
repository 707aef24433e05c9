package dev.migrate.spring.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.MigrationId;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationReport;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.ManualTimeSource;
import dev.migrate.spring.notification.Posts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskProtectionListenerTest {

    private static final String GRANTED = "{\"protection\":{\"ProtectionEnabled\":true,\"TaskArn\":\"arn\"}}";
    private static final String PROTECT =
            "PUT /task-protection/v1/state {\"ProtectionEnabled\":true,\"ExpiresInMinutes\":5}";
    private static final String RELEASE = "PUT /task-protection/v1/state {\"ProtectionEnabled\":false}";
    private static final Attempt ATTEMPT =
            new Attempt(MigrationId.of("0003"), "Prices", 1, "t", null, null, null, false, Map.of());

    private final ManualTimeSource timeSource = new ManualTimeSource();

    private static MigrationEvent progressed() {
        return new MigrationEvent.ProgressReported(
                new RunningMigration(ATTEMPT, Duration.ofSeconds(60), 1, null, null), null);
    }

    private static MigrationEvent completed() {
        return new MigrationEvent.Completed(new MigrationReport(List.of(), List.of(), 1, Duration.ZERO));
    }

    @Test
    void theTaskIsProtectedWhileAnActionRunsAndAgainBeforeThatEnds() throws IOException {
        try (var agent = new Posts(GRANTED)) {
            var guard = new TaskProtectionListener(new TaskProtection(agent.origin()), timeSource);
            guard.on(completed()); // a start with nothing to do asks for nothing
            assertThat(agent.bodies()).isEmpty();
            guard.on(new MigrationEvent.Started(ATTEMPT, null));
            timeSource.pass(Duration.ofMinutes(2));
            guard.on(progressed());
            assertThat(agent.bodies()).containsExactly(PROTECT);
            timeSource.pass(Duration.ofMinutes(1));
            guard.on(progressed());
            guard.on(progressed());
            assertThat(agent.bodies()).containsExactly(PROTECT, PROTECT);
            guard.on(completed());
            guard.on(completed());
            assertThat(agent.bodies()).containsExactly(PROTECT, PROTECT, RELEASE);
        }
    }

    static List<MigrationEvent> ends() {
        BlockingVerdict halted = new BlockingVerdict(ATTEMPT, Outcome.FAILED, "no such car", null, null);
        return List.of(
                completed(),
                new MigrationEvent.AttemptFailed(halted, new IllegalStateException("no such car"), null),
                new MigrationEvent.Blocked(new BlockedStart("0003 failed.", "Deploy the fix.", halted), Duration.ZERO),
                new MigrationEvent.Blocked(
                        new BlockedStart("The ledger cannot be used.", "Mend it.", null), Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void theProtectionIsGivenBackOnceHoweverTheRunEnds(MigrationEvent end) throws IOException {
        try (var agent = new Posts(GRANTED)) {
            var guard = new TaskProtectionListener(new TaskProtection(agent.origin()), timeSource);
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
            var guard = new TaskProtectionListener(new TaskProtection(agent.origin()), timeSource);
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
        new TaskProtectionListener(new TaskProtection("not an address"), timeSource)
                .on(new MigrationEvent.Started(ATTEMPT, null));
    }
}
