package dev.migrate.spring.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A start, {@code plan}, {@code status} and the mode {@code verify} say the same of one ledger. The ledgers are the result of
 * random commands by random builds: migrations and reverts that fail, deployments, retries, builds without a class.
 */
class StartAgreementTest {

    private static final int HISTORIES = 120;
    private static final int COMMANDS = 8;
    private static final List<String> IDS = List.of("0001", "0002", "0003");

    /** How a start ended: the same process either serves at once, runs something first, or is blocked. */
    private enum StartResult {
        SERVES,
        RUNS_FIRST,
        BLOCKED
    }

    private final Map<StartResult, Integer> seen = new EnumMap<>(StartResult.class);

    @Test
    void theySayTheSame() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            CommandFixture ledger = new CommandFixture();
            for (int i = 0; i < COMMANDS; i++) {
                String command = command(random);
                build(random, ledger, true).run(command, "reason=a test");
                check(build(random, ledger, false), "seed " + seed + ", behind command " + i + ", " + command);
            }
        }
        assertThat(seen).as("each result was met often").hasSize(3).allSatisfy((result, times) -> assertThat(times)
                .isGreaterThan(10));
    }

    private void check(CommandFixture build, String what) {
        int plan = build.run("plan").code();
        int status = build.run("status").code();
        int verify = verify(build);
        StartResult start = start(build.detached());
        seen.merge(start, 1, Integer::sum);
        what += ": " + build.run("plan").out() + build.run("status").out();
        assertThat(List.of(status, verify))
                .as(what)
                .isEqualTo(
                        switch (start) {
                            case SERVES -> List.of(0, 0);
                            case RUNS_FIRST -> List.of(5, 5);
                            case BLOCKED -> List.of(4, 4);
                        });
        assertThat(plan).as(what).isEqualTo(start == StartResult.BLOCKED ? 4 : 0);
    }

    private static int verify(CommandFixture build) {
        try {
            new VerifyTask(Duration.ZERO).run(build);
            return 0;
        } catch (NotMigratedException e) {
            return e.getExitCode();
        }
    }

    /** On a copy of the ledger, with actions that all succeed. */
    private static StartResult start(CommandFixture build) {
        int code = build.run("migrate").code();
        if (code != 0) {
            assertThat(code).isEqualTo(4);
            return StartResult.BLOCKED;
        }
        return build.heard().contains("Started") ? StartResult.RUNS_FIRST : StartResult.SERVES;
    }

    private static String command(Random random) {
        String id = IDS.get(random.nextInt(IDS.size()));
        return switch (random.nextInt(8)) {
            case 0 -> "revert last";
            case 1 -> "revert " + id;
            case 2 -> "retry " + id;
            case 3 -> "stamp " + id;
            case 4 -> "resolve " + id + " applied";
            default -> "migrate";
        };
    }

    /** A build with some of the migrations. Those of one that is only looked at succeed. */
    private static CommandFixture build(Random random, CommandFixture ledger, boolean mayFail) {
        CommandFixture build = ledger.deployed(List.of("blue", "green", "red").get(random.nextInt(3)));
        List<String> ids = new ArrayList<>(IDS);
        if (random.nextInt(3) == 0) {
            ids.remove(random.nextInt(ids.size()));
        }
        for (String id : ids) {
            MigrationAction action = mayFail && random.nextInt(3) == 0
                    ? Actions.failing()
                    : new Actions.Reversible(mayFail && random.nextInt(2) == 0);
            build.with(id, "M" + id, action);
        }
        build.migrations.sort(
                Comparator.comparing(migration -> MigrationId.of(migration.id().toString())));
        return build;
    }
}
