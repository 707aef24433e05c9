package dev.migrate.spring.command;

import static dev.migrate.spring.command.Actions.failing;
import static dev.migrate.spring.command.Actions.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.HistoryEntry;
import dev.migrate.internal.operations.LedgerOperations;
import dev.migrate.internal.operations.LedgerReport;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.command.Actions.Hanging;
import dev.migrate.spring.command.Actions.Previewable;
import dev.migrate.spring.command.Actions.Reversible;
import dev.migrate.spring.command.CommandFixture.Ended;
import dev.migrate.store.ReadResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command against a ledger in memory: exit code, answer, and what the ledger says afterwards. */
class CommandTaskTest {

    private static final MigrationId ONE = MigrationId.of("0001");
    private static final MigrationId TWO = MigrationId.of("0002");

    private final CommandFixture bench = new CommandFixture()
            .with("0001", "CreateCars", nothing())
            .with("0002", "PriceCars", new Reversible(false))
            .with("0003", "PaintCars", new Reversible(false));

    private static LedgerReport facts(CommandFixture bench) {
        return new LedgerOperations(bench.objects, bench.settings().environment(), Duration.ZERO).report();
    }

    private LedgerReport facts() {
        return facts(bench);
    }

    private List<String> applied() {
        return facts().state().applied().stream()
                .map(one -> one.id().toString())
                .toList();
    }

    /** Everything in the ledger, to see that nothing was touched. */
    private List<String> everything() {
        return bench.objects.list("odin-dev", 100).stream()
                .map(name -> name + " "
                        + (bench.objects.read("odin-dev/" + name) instanceof ReadResult.Found found
                                ? found.version()
                                : ""))
                .toList();
    }

    // migrate

    @Test
    void migratesAndPrintsALineToPasteForEach() {
        Ended ended = bench.run("migrate");

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().lines().map(CommandTaskTest::timeless))
                .containsExactly(
                        "0001 CreateCars: took D, finished T",
                        "0002 PriceCars: took D, finished T",
                        "0003 PaintCars: took D, finished T",
                        "3 migrations applied in odin-dev in D; nothing is pending.");
        assertThat(applied()).containsExactly("0001", "0002", "0003");

        Ended again = bench.run("migrate");
        assertThat(again.code()).isZero();
        assertThat(timeless(again.out())).isEqualTo("0 migrations applied in odin-dev in D; nothing is pending.\n");
    }

    @Test
    void migratesUpToWhereItIsTold() {
        Ended ended = bench.run("migrate 0002");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("nothing is pending up to 0002").doesNotContain("PaintCars");
        assertThat(applied()).containsExactly("0001", "0002");
    }

    @Test
    void tellsWhatItAppliedBeforeAFailureAndThenTheSameRunIsBlocked() {
        bench.instead("0002", "PriceCars", failing());

        Ended failed = bench.run("migrate");
        assertThat(failed.code()).isEqualTo(3);
        assertThat(failed.out().lines().map(CommandTaskTest::timeless))
                .containsExactly("0001 CreateCars: took D, finished T", "1 applied in odin-dev before it ended.");
        assertThat(failed.err())
                .contains("0002 PriceCars", "the paint is still wet", "Deploy the fix")
                .doesNotContain("\tat ");

        Ended blocked = bench.run("migrate");
        assertThat(blocked.code()).isEqualTo(4);
        assertThat(blocked.out()).isEmpty();
        assertThat(blocked.err()).contains("the paint is still wet");
        assertThat(bench.deployed("green")
                        .instead("0002", "PriceCars", nothing())
                        .run("migrate")
                        .code())
                .isZero();
    }

    @Test
    void whatFailedAndWasThenAppliedIsAppliedForEveryCommand() {
        bench.instead("0002", "PriceCars", failing());
        assertThat(bench.run("migrate").code()).isEqualTo(3);
        CommandFixture green = bench.deployed("green").instead("0002", "PriceCars", nothing());
        assertThat(green.run("migrate").code()).isZero();

        Ended status = green.run("status");
        assertThat(status.code()).isZero();
        assertThat(status.out()).contains("3 migrations: 3 applied.").doesNotContain("FAILED");
        for (String command : List.of("retry 0002", "resolve 0002")) {
            Ended refused = green.run(command);
            assertThat(refused.code()).as(command).isEqualTo(2);
            assertThat(refused.err()).as(command).contains("0002 is applied");
        }
        assertThat(green.run("history").out()).contains("FAILED");
    }

    // Looking

    @ParameterizedTest
    @ValueSource(strings = {"status", "plan", "plan 0002", "history"})
    void looksWithoutWriting(String command) {
        assertThat(bench.readOnly().unconfirmed(command).code())
                .as("on no ledger")
                .isIn(0, 5);
        assertThat(everything()).isEmpty();
        assertThat(bench.run("migrate 0002").code()).isZero();
        List<String> before = everything();
        assertThat(bench.readOnly().unconfirmed(command).code()).isIn(0, 5);
        assertThat(everything()).isEqualTo(before);
        assertThat(bench.readOnly().run("migrate").code())
                .as("the store refuses indeed")
                .isEqualTo(6);
    }

    @Test
    void showsHowEveryMigrationStands() {
        assertThat(bench.run("migrate").code()).isZero();
        bench.migrations.remove(0);
        bench.with("0004", "WashCars", failing()).with("0005", "SellCars", nothing());
        bench.ignored.add(new StartupContext.Ignored("12", "cars.TooShort"));
        assertThat(bench.run("migrate").code()).isEqualTo(3);
        String version = ((ReadResult.Found) bench.objects.read("odin-dev/0003")).version();
        bench.objects.delete("odin-dev/0003", version);
        String unused = bench.objects.create("odin-dev/0009", new byte[0]);

        Ended ended = bench.run("status");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().lines().map(CommandTaskTest::timeless))
                .containsExactly(
                        "Environment odin-dev, ledger memory, deployment blue",
                        "",
                        "ID NAME STATE ATTEMPTS WHEN TOOK DEPLOYMENT NOTE",
                        "0001 CreateCars unknown 1 T, D ago D blue not in this build",
                        "0002 PriceCars applied 1 T, D ago D blue",
                        "0003 PaintCars applied 1 T, D ago D blue",
                        "0004 WashCars FAILED 1 T, D ago D blue"
                                + " java.lang.IllegalStateException: the paint is still wet",
                        "0005 SellCars pending",
                        "12 cars.TooShort ignored not 4 to 18 digits",
                        "",
                        "6 migrations: 2 applied, 1 pending, 1 FAILED, 1 ignored, 1 unknown.",
                        "HALTED: 0004 WashCars, attempt 1 is FAILED, owned by here, process 7, since T, D ago:"
                                + " java.lang.IllegalStateException: the paint is still wet",
                        " Deploy the fix: a new deployment, other than blue, retries the migration. A restart of this"
                                + " deployment does not. If the cause was external and is fixed, and the migration can"
                                + " run from the beginning: run with MIGRATE_MODE=once MIGRATE_COMMAND='retry 0004'"
                                + " MIGRATE_CONFIRM=odin-dev. If you finished it by hand: run with MIGRATE_MODE=once"
                                + " MIGRATE_COMMAND='resolve 0004' MIGRATE_CONFIRM=odin-dev.",
                        "Applied without a receipt: 0003. The receipt was deleted. The migration does not run again"
                                + " unless you use 'retry'.",
                        "A receipt without a record: 0009. The receipt takes effect only if the migration is FAILED or"
                                + " INTERRUPTED.");
        assertThat(bench.deployed("green").run("status").out()).contains("The next start of this build retries it.");
        assertThat(bench.run("retry 0003").code()).isZero();
        assertThat(applied()).containsExactly("0001", "0002");
    }

    @Test
    void plansNothingWhileSomethingIsUndoneInPart() {
        bench.instead("0003", "PaintCars", new Actions.Reversible(true));
        assertThat(bench.run("migrate").code()).isZero();
        assertThat(bench.run("revert last").code()).isEqualTo(3);
        Ended plan = bench.run("plan");
        assertThat(plan.code()).isEqualTo(4);
        assertThat(plan.out().lines().map(CommandTaskTest::timeless))
                .contains("0003 PaintCars BLOCKED reverting 0003 PaintCars is FAILED");
    }

    @Test
    void decidesOnNothingThatNobodyHasHeardOf() {
        assertThat(bench.run("migrate").code()).isZero();
        for (String command : List.of("resolve 9999", "retry 9999")) {
            Ended ended = bench.run(command);
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err()).contains("There is no migration 9999 in this build for odin-dev");
        }
        bench.with("0004", "WashCars", failing());
        assertThat(bench.run("migrate").code()).isEqualTo(3);
        bench.migrations.removeIf(migration -> migration.id().toString().equals("0004"));
        assertThat(bench.run("retry 0004").code())
                .as("the ledger has heard of it")
                .isZero();
    }

    @Test
    void hasAnExitCodeForWhatIsPendingAndOneForNothing() {
        assertThat(bench.unconfirmed("status").code()).isEqualTo(5);
        assertThat(bench.run("migrate").code()).isZero();
        assertThat(bench.unconfirmed("status").code()).isZero();
    }

    @Test
    void showsTheTableAlsoWhereTheMigrationsCannotBeRun() {
        assertThat(bench.run("migrate").code()).isZero();
        Ended ended = bench.instead("0002", "Renamed", nothing()).run("status");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).contains("0002  PriceCars");
        assertThat(ended.err()).contains("'Renamed' would never run");
    }

    @Test
    void plansWhatAMigrateWouldDoAndLetsTheActionsSay() {
        assertThat(bench.run("migrate 0001").code()).isZero();
        bench.instead("0002", "PriceCars", new Previewable("would price 4000 cars\nand no bike"));
        bench.instead("0003", "PaintCars", new Previewable(""));
        bench.instead("0001", "CreateCars", new Previewable("is not asked"));

        Ended ended = bench.run("plan");

        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines().map(CommandTaskTest::timeless))
                .containsExactly(
                        "Environment odin-dev, ledger memory, deployment blue",
                        "",
                        "ID NAME PLAN WHY",
                        "0001 CreateCars skip applied at T",
                        "0002 PriceCars run pending",
                        "0003 PaintCars run pending",
                        "",
                        "0002 PriceCars says: would price 4000 cars",
                        " and no bike",
                        "0003 PaintCars failed to show a preview: java.lang.IllegalStateException: no database",
                        "2 would run, of 3 migrations. Nothing was changed.");
        assertThat(bench.run("plan 0002").out()).contains("1 would run", "above the last requested migration");
    }

    @Test
    void plansNothingPastAVerdict() {
        assertThat(bench.instead("0001", "CreateCars", failing()).run("migrate").code())
                .isEqualTo(3);
        Ended ended = bench.run("plan");
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.out()).contains("BLOCKED", "0001 CreateCars is FAILED", "0 would run, 3 could not");
        assertThat(bench.deployed("green").run("plan").code()).isZero();
    }

    @Test
    void aRegisterThatWasLostIsNotTakenForOneThatWasNeverMade() {
        assertThat(bench.run("status").out()).contains("There is no register yet");
        assertThat(bench.run("plan").out()).contains("There is no register yet");
        assertThat(bench.run("migrate").code()).isZero();
        bench.loseRegister();
        Ended status = bench.run("status");
        assertThat(status.out())
                .contains("This ledger has receipts but no register", "would run again")
                .contains("0001  CreateCars  applied", "0003  PaintCars   applied");
        assertThat(status.code()).as("the next start goes on").isZero();
        assertThat(bench.run("resolve 0001").err()).contains("unless you stamp them first");
    }

    @Test
    void aVerdictWhoseReceiptIsThereIsInTheWayOfNothingForStatusAndPlan() {
        bench.instead("0002", "PriceCars", failing());
        assertThat(bench.run("migrate").code()).isEqualTo(3);
        String unused = bench.objects.create("odin-dev/0002", new byte[0]);
        List<String> before = everything();

        Ended status = bench.readOnly().run("status");
        assertThat(status.code()).isEqualTo(5);
        assertThat(status.out())
                .contains(
                        "HALTED: 0002 PriceCars",
                        "Its receipt exists, so the migration had finished",
                        "The next start that has it records it as applied");
        Ended plan = bench.readOnly().run("plan");
        assertThat(plan.out().lines().map(CommandTaskTest::timeless))
                .contains("0002 PriceCars skip applied", "0003 PaintCars run pending");
        assertThat(plan.code()).isZero();
        assertThat(bench.deployed("green").readOnly().run("plan").out())
                .as("it is not tried again")
                .contains("1 would run, of 3");
        assertThat(everything()).isEqualTo(before);

        assertThat(bench.run("migrate").code()).as("and so it is").isZero();
        assertThat(applied()).containsExactly("0001", "0002", "0003");
    }

    @Test
    void anUndoingWhoseReceiptIsGoneIsInTheWayOfNothing() {
        bench.instead("0003", "PaintCars", new Reversible(true));
        assertThat(bench.run("migrate").code()).isZero();
        assertThat(bench.run("revert last").code()).isEqualTo(3);
        bench.objects.delete("odin-dev/0003", ((ReadResult.Found) bench.objects.read("odin-dev/0003")).version());

        Ended status = bench.run("status");
        assertThat(status.code()).isEqualTo(5);
        assertThat(status.out())
                .contains("Its receipt is gone", "The next start that has the migration records it as pending");
        Ended plan = bench.run("plan");
        assertThat(plan.code()).isZero();
        assertThat(plan.out()).contains("1 would run, of 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resolve 0001", "retry 0001", "resolve 0002", "retry 0002", "retry 0009", "stamp 0009"})
    void aRefusalSaysWhichLedgerItIsAbout(String command) {
        assertThat(bench.run("migrate 0001").code()).isZero();
        Ended ended = bench.run(command);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("odin-dev", "memory");
        assertThat(bench.unconfirmed(command).err()).contains("'odin-dev'", "memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void listsTheCommandsWhenAskedTo(String command) {
        Ended ended = bench.readOnly().unconfirmed(command);
        assertThat(ended.code()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .startsWith("The commands are:\n  migrate [to]")
                .endsWith("help                  show this list; changes nothing\n");
        assertThat(everything()).isEmpty();
    }

    @Test
    void tellsWhatHappenedInOrderOfTimeAndWhoDidIt() {
        bench.instead("0002", "PriceCars", failing());
        assertThat(bench.run("migrate").code()).isEqualTo(3);
        assertThat(bench.run("resolve 0002", "reason=priced by hand").code()).isZero();
        assertThat(bench.run("migrate").code()).isZero();
        assertThat(bench.run("revert last", "reason=too early").code()).isZero();
        assertThat(bench.run("stamp 0003").code()).isZero();
        String me = System.getProperty("user.name") + " (here, process 7)";

        Ended ended = bench.run("history");

        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines().skip(2).map(CommandTaskTest::timeless))
                .containsExactly(
                        "WHEN ID NAME ATTEMPT WHAT TOOK DEPLOYMENT BY WHY",
                        "T 0001 CreateCars 1 applied D blue here, process 7",
                        "T 0002 PriceCars 1 FAILED D blue here, process 7"
                                + " java.lang.IllegalStateException: the paint is still wet",
                        "T 0002 PriceCars 1 resolved blue " + me + " priced by hand",
                        "T 0003 PaintCars 1 applied D blue here, process 7",
                        "T 0003 PaintCars 2 reverted D blue " + me + " too early",
                        "T 0003 PaintCars 3 stamped " + me);
        assertThat(bench.run("history 0001").out()).contains("CreateCars").doesNotContain("PriceCars");
        assertThat(bench.run("history 0009").code()).isEqualTo(2);
    }

    // Reverting and deciding

    @Test
    void undoesTheLastOneOrDownToOneOrRefuses() {
        assertThat(bench.run("migrate").code()).isZero();

        Ended last = bench.run("revert last");
        assertThat(last.code()).isZero();
        assertThat(last.out().lines().map(CommandTaskTest::timeless))
                .containsExactly(
                        "0003 PaintCars: reverted, took D, finished T", "1 migration reverted in odin-dev in D.");
        assertThat(applied()).containsExactly("0001", "0002");

        Ended pending = bench.run("revert 0003");
        assertThat(pending.code()).isEqualTo(2);
        assertThat(pending.err()).contains("0003 is not applied");
        Ended all = bench.run("revert all");
        assertThat(all.code()).isEqualTo(2);
        assertThat(all.err()).contains("0001 CreateCars cannot be reverted");
        assertThat(applied()).containsExactly("0001", "0002");

        assertThat(bench.run("revert 0001").code()).isZero();
        assertThat(applied()).containsExactly("0001");
    }

    @Test
    void aFailedUndoHasTheExitCodeOfAFailure() {
        assertThat(bench.instead("0003", "PaintCars", new Reversible(true))
                        .run("migrate")
                        .code())
                .isZero();
        Ended ended = bench.run("revert last");
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("Reverting migration 0003 PaintCars", "glued");
        assertThat(bench.run("status").code()).isEqualTo(4);
        assertThat(bench.run("status").out()).contains("HALTED: reverting 0003 PaintCars");
    }

    @Test
    void countsAsAppliedWhatIsStamped() {
        Ended ended = bench.run("stamp 0002", "reason=moved");

        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .isEqualTo("0001 CreateCars: counts as applied\n0002 PriceCars: counts as applied\n"
                        + "Recorded in odin-dev by " + System.getProperty("user.name")
                        + " (here, process 7): moved.\n");
        assertThat(applied()).containsExactly("0001", "0002");
        HistoryEntry act = facts().state().attempts().get(0);
        assertThat(act.reason()).isEqualTo("moved");
        assertThat(act.by()).hasToString(System.getProperty("user.name") + " (here, process 7)");
        assertThat(bench.run("status").out())
                .contains("stamped by " + System.getProperty("user.name") + " (here, process 7)");
        assertThat(bench.run("stamp 0002").out()).isEqualTo("Nothing to do: all of them are applied in odin-dev.\n");
    }

    @Test
    void resolvesOrRetriesWhatFailed() {
        bench.instead("0001", "CreateCars", failing());
        assertThat(bench.run("migrate").code()).isEqualTo(3);
        Ended retried = bench.run("retry 0001");
        assertThat(retried.code()).isZero();
        assertThat(retried.out()).startsWith("0001 CreateCars: is pending, and may run again\n");
        assertThat(bench.run("migrate").code()).as("it is tried again").isEqualTo(3);
        Ended resolved = bench.run("resolve 0001");
        assertThat(resolved.code()).isZero();
        assertThat(resolved.out()).startsWith("0001 CreateCars: counts as applied\n");
        assertThat(applied()).containsExactly("0001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resolve 0001",
                "retry 0001",
                "resolve 0009",
                "retry 0009",
                "stamp 0009",
                "migrate 0009",
                "plan 0009",
                "revert 0009",
                "resolve 1",
                "jump"
            })
    void refusesWhatMakesNoSenseAndChangesNothing(String command) {
        assertThat(bench.run("migrate 0001").code()).isZero();
        List<String> before = everything();
        Ended ended = bench.run(command);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).isNotEmpty().doesNotContain("\tat ");
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"revert last", "stamp 0003", "resolve 0003", "retry 0003"})
    void changesNothingUnlessTheEnvironmentIsConfirmedToTheLetter(String command) {
        assertThat(bench.instead("0003", "PaintCars", failing()).run("migrate").code())
                .isEqualTo(3);
        List<String> before = everything();
        for (Ended ended : List.of(
                bench.unconfirmed(command),
                bench.unconfirmed(command, "confirm=odin-prod"),
                bench.unconfirmed(command, "confirm=Odin-dev"),
                bench.unconfirmed(command, "confirm="))) {
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).contains("'odin-dev'", "set migrate.confirm=odin-dev", "Nothing was changed");
        }
        assertThat(everything()).isEqualTo(before);
    }

    // While somebody runs a migration

    @Test
    void looksButDecidesNothingWhileSomebodyRunsAMigrationAndTellsItsInterruption() throws Exception {
        Hanging hanging = new Hanging();
        bench.instead("0002", "PriceCars", hanging);
        RunnerSettings of = bench.settings();
        var settings = RunnerSettings.builder(of.environment(), of.owner())
                .deployment("red")
                .lease(of.lease())
                .shutdownGrace(Duration.ZERO)
                .onFailure(of.onFailure())
                .outOfOrder(of.outOfOrder())
                .build();
        var other = bench.deployed("red").runner(settings, MigrationListener.of(event -> {}));
        var run = CompletableFuture.runAsync(() -> {
            var unused = other.run();
        });
        assertThat(hanging.begun().await(30, TimeUnit.SECONDS)).isTrue();

        for (String command : List.of("revert last", "stamp 0003", "resolve 0002")) {
            Ended busy = bench.run(command);
            assertThat(busy.code()).as(command).isEqualTo(4);
            assertThat(busy.err())
                    .contains("is running in odin-dev", "here, process 7 has owned it since", "Nothing was changed");
        }
        assertThat(bench.run("stamp 0003").err()).contains("running in odin-dev, ledger memory");
        Ended status = bench.run("status");
        assertThat(status.code()).isEqualTo(5);
        assertThat(status.out())
                .contains(
                        "0002  PriceCars   running",
                        "RUNNING: 0002 PriceCars, attempt 1, owned by",
                        "MIGRATE_COMMAND=migrate: after a lease of");
        assertThat(bench.run("plan").code()).isEqualTo(4);
        assertThat(bench.run("history").out()).contains("since 20", "running");

        other.stop();
        assertThat(run).failsWithin(Duration.ofSeconds(30));
        assertThat(bench.run("status").out())
                .contains("INTERRUPTED", "HALTED: 0002 PriceCars, attempt 1 is INTERRUPTED");
        Ended migrate = bench.run("migrate");
        assertThat(migrate.code()).isEqualTo(4);
        assertThat(migrate.err())
                .contains("was interrupted", "MIGRATE_COMMAND='resolve 0002' MIGRATE_CONFIRM=odin-dev");
        assertThat(bench.run("resolve 0002").code()).isZero();
        assertThat(applied()).contains(ONE.toString(), TWO.toString());
    }

    // The ledger

    @Test
    void tellsALedgerThatRefuses() {
        String unused = bench.objects.create("odin-dev/ledger.json", "not ours".getBytes());
        for (String command : List.of("status", "migrate", "history", "stamp 0001")) {
            Ended ended = bench.run(command);
            assertThat(ended.code()).as(command).isEqualTo(6);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).contains("ledger.json");
        }
    }

    private static String timeless(String text) {
        return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "T")
                .replaceAll("\\b[0-9.]+ (ms|s|min)\\b", "D")
                .replaceAll(" +", " ");
    }
}
