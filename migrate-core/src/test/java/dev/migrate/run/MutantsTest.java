package dev.migrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule that protects a promise, taken out once: the simulation must then find a history that breaks it. */
class MutantsTest {

    private static final long SEEDS = Long.getLong("mutant.seeds", 20_000);
    private static final Path PAGE = Path.of("../docs/protocol.md");
    private static final List<String> TABLE = new ArrayList<>();

    static Stream<Mutant> mutants() {
        return Stream.of(
                new Mutant(
                        "a claim is a compare-and-set",
                        "ledger/Register.java",
                        "version = RetryPolicy.guarded(() -> store.replace(key(environment), content, seen.version()));",
                        "version = store.replace(key(environment), content,"
                                + " store.read(key(environment)) instanceof Read.Found f ? f.version() : \"\");"),
                new Mutant(
                        "a conflict is settled by reading, not taken for a loss",
                        "ledger/Register.java",
                        """
                            } catch (StoreConflictException e) {
                                return settle(sentAt, delay, e);
                            }
                            return end(WriteResult.Status.COMMITTED,""",
                        """
                            } catch (StoreConflictException e) {
                                return end(WriteResult.Status.LOST, seen, sentAt);
                            }
                            return end(WriteResult.Status.COMMITTED,"""),
                new Mutant(
                        "every write has a nonce of its own",
                        "ledger/Register.java",
                        "private final String nonce = nonces.get();",
                        "private final String nonce = \"constant\";"),
                new Mutant(
                        "another version without my write is a loss",
                        "ledger/Register.java",
                        "boolean done = found.nonce().equals(nonce);",
                        "boolean done = true;"),
                new Mutant(
                        "the receipt is written",
                        "run/ReceiptRecorder.java",
                        "store -> tools.receipts().write(store, done, hold.snapshot().state()::isUndone)",
                        "store -> done"),
                new Mutant(
                        "the owner looks at its own deadline before it starts",
                        "run/ClaimAcquirer.java",
                        "if (tools.ticker().nanos() - hold.sentAt() >= tools.settings().lease().toNanos()) {",
                        "if (false) {"),
                new Mutant(
                        "nothing starts in a process that was told to end",
                        "run/ClaimAcquirer.java",
                        "private Step<ClaimResult> release(Hold hold) {",
                        """
                        private Step<ClaimResult> release(Hold hold) {
                            if (hold.sure()) {
                                return new Step.End<>(new ClaimResult.Started(
                                        hold, tools.shop().start(hold.migration(), hold.attempt(), null)));
                            }
                        """),
                new Mutant(
                        "a waiter gives an owner its lease",
                        "run/OwnerWatcher.java",
                        "if (total.compareTo(running.lease().plus(interval(running))) > 0) {",
                        "if (total.compareTo(running.lease().dividedBy(2)) > 0) {"),
                new Mutant(
                        "whoever is stopped by a verdict looks for the receipt",
                        "run/StartupProtocol.java",
                        "if (decision instanceof Decision.Stop stop) { return stopped(",
                        "if (decision instanceof Decision.Stop stop) { return blocked("),
                new Mutant(
                        "the same deployment does not try again",
                        "run/Plan.java",
                        "return !deployment.equals(halted.attempt().deployment()) && !state.failed(halted.id(), deployment);",
                        "return !state.failed(halted.id(), \"\");"),
                new Mutant(
                        "nor after another deployment has failed in between",
                        "run/Plan.java",
                        "&& !state.failed(halted.id(), deployment)",
                        ""),
                new Mutant(
                        "without a deployment, only a later start tries again",
                        "run/Plan.java",
                        "boolean earlier = found.contains(Memory.key(halted));",
                        "boolean earlier = true;"),
                new Mutant(
                        "an interrupted plain migration waits for an operator",
                        "run/Plan.java",
                        "return migration.get().restartable();\n        }\n        return another",
                        "return true;\n        }\n        return another"),
                new Mutant(
                        "a verdict outlives its class",
                        "run/Plan.java",
                        "if (earlier.isPresent() && !past(earlier.get(), state, found)) {",
                        "if (false && earlier.isPresent()) {"),
                new Mutant(
                        "one migration at a time",
                        "run/Plan.java",
                        "if (running != null && (!pending.isEmpty() || running.attempt().reverts())) {",
                        "if (false) {"),
                new Mutant(
                        "a receipt ends no other attempt's claim",
                        "ledger/LedgerState.java",
                        "                && !running.attempt().has(token);",
                        "                && running.attempt().has(\"nobody's\");"),
                new Mutant(
                        "numeric order",
                        "run/Plan.java",
                        "MigrationDefinition next = pending.get(0);",
                        "MigrationDefinition next = pending.get(pending.size() - 1);"),
                new Mutant(
                        "what is undone in part stops every start",
                        "run/Plan.java",
                        "return false; // undone in part: a person decides",
                        "return true;"),
                new Mutant(
                        "a late owner records nothing that was undone since",
                        "run/PendingUpdate.java",
                        " || state.isUndone(done)",
                        ""),
                new Mutant(
                        "a receipt of what was undone does not count",
                        "run/ReceiptReconciler.java",
                        "receipt.filter(done -> !state.isUndone(done)).map(",
                        "receipt.map("),
                new Mutant(
                        "nothing is undone below what was applied again",
                        "run/RevertProtocol.java",
                        "refuseAppliedAgain(state, next.get(), memory);",
                        ""),
                new Mutant(
                        "the disappearance of the receipt tells that a migration was undone",
                        "run/ReceiptReconciler.java",
                        "return open && receipt.isEmpty()",
                        "return false && open"),
                new Mutant(
                        "also after another build has gone past the verdict on it",
                        "run/Plan.java",
                        "if (inPart.isPresent()) { return new Decision.Stop(inPart.get()); }",
                        ""),
                new Mutant(
                        "who undid and comes late takes no later receipt away",
                        "ledger/Receipts.java",
                        "&& LedgerJson.readReceipt(id, found.content()).attempt().number() <= last",
                        "",
                        275_401));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    @EnabledIfSystemProperty(named = "proof", matches = "full", disabledReason = "it takes minutes: -Pproof")
    void is_found_out(Mutant mutant) throws Exception {
        String killedBy = mutant.killedBy(SEEDS);
        TABLE.add("| " + mutant.rule() + " | " + shortened(String.valueOf(killedBy)) + " |");
        assertThat(killedBy).as("without the rule '%s'", mutant.rule()).isNotNull();
    }

    private static String shortened(String history) {
        return history.length() > 120 ? history.substring(0, 119) + "…" : history;
    }

    /** The table in the documentation names every rule; {@code -Dprotocol.write=true} writes it anew. */
    @AfterAll
    static void document() throws IOException {
        String text = Files.readString(PAGE);
        int from = text.indexOf('\n', text.indexOf("<!-- mutants")) + 1;
        int to = text.indexOf("<!-- end of mutants");
        if (Boolean.getBoolean("protocol.write")) {
            String table = "| without this rule | a history that breaks a promise |\n|---|---|\n"
                    + String.join("\n", TABLE) + "\n";
            Files.writeString(PAGE, text.substring(0, from) + table + text.substring(to));
        } else {
            String table = text.substring(from, to);
            assertThat(mutants()).allSatisfy(mutant -> assertThat(table).contains("| " + mutant.rule() + " |"));
        }
    }
}
