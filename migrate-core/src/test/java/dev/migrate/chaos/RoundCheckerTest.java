package dev.migrate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.chaos.InjectedFault.Signal;
import dev.migrate.testing.Breaks;
import dev.migrate.testing.Promise;
import dev.migrate.testing.RequestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Feeds the checker rounds that keep the promises, and rounds that break one each. */
class RoundCheckerTest {

    private static final long LEASE = 1000;
    private static final long ONE = 101;
    private static final long TWO = 102;
    private static final long THREE = 103;
    private static final List<String> REPORTS = List.of("busy Applied[id=0001]", "busy Applied[id=0002]");

    private final List<ActionLine> lines = new ArrayList<>();
    private final List<ProcessOutcome> processes = new ArrayList<>();
    private final List<S3Request> requests = new ArrayList<>();
    private final Map<String, String> applied = new TreeMap<>();
    private final Map<String, String> receipts = new TreeMap<>();
    private String running;
    private Ledger.Halted halted;
    /** Whether a test writes its claims itself. */
    private boolean claims;

    @Test
    void a_round_in_which_all_is_applied_is_fine() {
        process(ONE, "d1", "PLAIN", 0);
        process(TWO, "d1", "PLAIN", 0);
        apply(ONE, 100, "0001", 1);
        apply(TWO, 300, "0002", 1);
        assertThat(judged()).isEmpty();
    }

    // G1

    @Test
    @Breaks(Promise.RESTART)
    void a_plain_migration_starts_once() {
        process(ONE, "d1", "PLAIN", 0);
        process(TWO, "d2", "PLAIN", 0);
        write(ONE, 100, "0001", 1, ActionLine.What.START, ActionLine.What.STEP, ActionLine.What.END);
        apply(TWO, 5000, "0001", 2);
        apply(TWO, 6000, "0002", 1);
        assertThat(judged())
                .singleElement()
                .asString()
                .startsWith("G1 restart: 0001 attempt 2 by 102 starts again without permission");
    }

    @Test
    void a_plain_migration_that_was_interrupted_does_not_start_again() {
        process(ONE, "d1", "PLAIN", 143, done(Signal.TERM, 150, 0));
        process(TWO, "d2", "PLAIN", 0);
        write(ONE, 100, "0001", 1, ActionLine.What.START, ActionLine.What.CUT);
        apply(TWO, 5000, "0001", 2);
        apply(TWO, 6000, "0002", 1);
        assertThat(judged())
                .singleElement()
                .asString()
                .startsWith("G1 restart: 0001 attempt 2 by 102 starts again without permission");
    }

    @Test
    void a_plain_migration_that_failed_starts_again_with_another_deployment_alone() {
        process(ONE, "d1", "PLAIN", 0);
        process(TWO, "d2", "PLAIN", 0);
        write(ONE, 100, "0001", 1, ActionLine.What.START, ActionLine.What.STEP, ActionLine.What.THREW);
        apply(TWO, 200, "0001", 2);
        apply(TWO, 300, "0002", 1);
        assertThat(judged()).isEmpty();

        processes.replaceAll(process -> process.pid() == TWO ? outcome(TWO, "d1", "PLAIN", 0) : process);
        assertThat(judged())
                .singleElement()
                .asString()
                .startsWith("G1 restart: 0001 attempt 2 by 102 starts again without permission");
    }

    @Test
    void a_deployment_that_failed_before_another_one_did_does_not_start_again() {
        process(ONE, "d1", "PLAIN", 0);
        process(TWO, "d2", "PLAIN", 0);
        write(ONE, 100, "0001", 1, ActionLine.What.START, ActionLine.What.THREW);
        write(TWO, 200, "0001", 2, ActionLine.What.START, ActionLine.What.THREW);
        apply(ONE, 300, "0001", 3);
        apply(ONE, 400, "0002", 1);
        assertThat(judged())
                .singleElement()
                .asString()
                .startsWith("G1 restart: 0001 attempt 3 by 101 starts again without permission");
    }

    @Test
    void a_build_that_declares_it_rerunnable_may_start_what_was_interrupted() {
        process(ONE, "d1", "PLAIN", 137, done(Signal.KILL, 150, 0));
        process(TWO, "d2", "RERUNNABLE", 0);
        process(THREE, "d1", "PLAIN", 0);
        registered(ONE, 90);
        write(ONE, 100, "0001", 1, ActionLine.What.START);
        apply(TWO, 2000, "0001", 2);
        apply(THREE, 3000, "0002", 1);
        assertThat(judged()).isEmpty();
    }

    @Test
    @Breaks(Promise.CLAIM)
    void two_attempts_never_have_the_same_number() {
        process(ONE, "d1", "RERUNNABLE", 137, done(Signal.KILL, 150, 0));
        process(TWO, "d1", "RERUNNABLE", 0);
        write(ONE, 100, "0001", 1, ActionLine.What.START);
        write(TWO, 2000, "0001", 1, "other", ActionLine.What.START, ActionLine.What.STEP, ActionLine.What.END);
        receipt(TWO, 2100, "0001", "other");
        apply(TWO, 3000, "0002", 1);
        assertThat(judged()).containsExactly("G1 claim: 0001 attempt 1 by 102 has the number of another attempt");
    }

    @Test
    void a_process_that_is_younger_than_a_receipt_does_not_start_that_migration() {
        process(ONE, "d1", "RERUNNABLE", 0);
        processes.add(new ProcessOutcome("p2", TWO, build("d1", "RERUNNABLE"), 400, List.of(), REPORTS, null, 0));
        apply(ONE, 100, "0001", 1);
        write(TWO, 500, "0001", 2, ActionLine.What.START, ActionLine.What.STEP, ActionLine.What.END);
        apply(TWO, 600, "0002", 1);
        assertThat(judged())
                .containsExactly("G1 restart: 0001 attempt 2 by 102 starts in a process younger than its receipt");
    }

    @Test
    @Breaks(Promise.CHECKPOINT)
    void no_action_resumes_from_a_step_that_was_not_done() {
        process(ONE, "d1", "RESUMABLE", 0);
        registered(ONE, 90);
        lines.add(line(ONE, 100, "0001", 1, "0001#1", ActionLine.What.START, 1));
        lines.add(line(ONE, 110, "0001", 1, "0001#1", ActionLine.What.STEP, 2));
        lines.add(line(ONE, 120, "0001", 1, "0001#1", ActionLine.What.END, 2));
        receipt(ONE, 130, "0001", "0001#1");
        apply(ONE, 300, "0002", 1);
        assertThat(judged()).containsExactly("G2 checkpoint: 0001 attempt 1 by 101 has left out a step, from 1 to 2");
    }

    // G2

    @Test
    @Breaks(Promise.RECEIPT)
    void each_applied_migration_has_a_receipt() {
        twoApplied();
        receipts.remove("0002");
        assertThat(judged()).anyMatch(it -> it.startsWith("G2 receipt: the register calls applied"));
    }

    @Test
    void what_has_a_receipt_is_applied() {
        twoApplied();
        applied.remove("0002");
        assertThat(judged()).anyMatch(it -> it.startsWith("G2 receipt: the register calls applied"));
    }

    @Test
    void no_receipt_is_ever_gone() {
        twoApplied();
        applied.remove("0002");
        receipts.remove("0002");
        assertThat(judged()).contains("G2 receipt: the receipt of 0002 is gone");
    }

    @Test
    void what_counts_as_applied_came_to_its_end() {
        twoApplied();
        lines.removeIf(line -> line.id().equals("0002") && line.what() == ActionLine.What.END);
        assertThat(judged()).contains("G2 receipt: 0002 counts as applied, and that attempt did not come to its end");
    }

    @Test
    @Breaks(Promise.LATE_OWNER)
    void a_completed_action_is_applied() {
        process(ONE, "d1", "PLAIN", 143, done(Signal.TERM, 400, 0));
        apply(ONE, 100, "0001", 1);
        write(ONE, 300, "0002", 1, ActionLine.What.START, ActionLine.What.STEP, ActionLine.What.END);
        assertThat(judged()).containsExactly("G2 late owner: 0002 attempt 1 by 101 came to its end and is not applied");
    }

    // G3 and G5

    @Test
    @Breaks(Promise.ORDER)
    void no_action_starts_before_the_receipt_of_the_previous_migration() {
        process(ONE, "d1", "PLAIN", 0);
        write(ONE, 100, "0001", 1, ActionLine.What.START, ActionLine.What.STEP, ActionLine.What.END);
        apply(ONE, 200, "0002", 1);
        receipt(ONE, 300, "0001", "0001#1");
        assertThat(judged()).containsExactly("G3 order: 0002 attempt 1 by 101 starts before 0001 has a receipt");
    }

    @Test
    @Breaks(Promise.ALONE)
    void no_action_starts_beside_a_plain_action() {
        process(ONE, "d1", "PLAIN", 0);
        process(TWO, "d1", "PLAIN", 0);
        apply(ONE, 100, "0001", 1);
        write(TWO, 3000, "0002", 1, ActionLine.What.START);
        write(ONE, 5000, "0003", 1, ActionLine.What.START, ActionLine.What.END);
        assertThat(judged())
                .anyMatch(it -> it.startsWith("G3 alone: 0003 attempt 1 by 101 starts beside 0002 attempt 1 by 102"));
    }

    @Test
    @Breaks(Promise.LEASE)
    void a_rerunnable_action_is_taken_over_only_after_the_lease_of_its_owner() {
        process(ONE, "d1", "RERUNNABLE", 0, done(Signal.STOP, 150, 2150));
        process(TWO, "d1", "RERUNNABLE", 0);
        registered(ONE, 600);
        write(ONE, 100, "0001", 1, ActionLine.What.START);
        apply(TWO, 1600, "0001", 2);
        apply(TWO, 2000, "0002", 1);
        assertThat(judged()).isEmpty();

        registered(ONE, 601);
        assertThat(judged())
                .containsExactly(
                        "G5 lease: 0001 attempt 2 by 102 starts beside 0001 attempt 1 by 101, whose process wrote the"
                                + " register 999 ms before");
    }

    @Test
    @Breaks(Promise.DEADLINE)
    void no_action_starts_long_after_the_lease_of_its_owner_expired() {
        claims = true;
        process(ONE, "d1", "PLAIN", 0);
        registered(ONE, 100);
        write(ONE, 2100, "0001", 1, ActionLine.What.START, ActionLine.What.STEP, ActionLine.What.END);
        receipt(ONE, 2200, "0001", "0001#1");
        apply(ONE, 2300, "0002", 1);
        assertThat(judged())
                .containsExactly(
                        "G1 deadline: 0001 attempt 1 by 101 starts 2000 ms after its process last wrote the register");
    }

    @Test
    void who_was_frozen_just_before_his_line_got_into_the_file_has_done_nothing_wrong() {
        claims = true;
        process(ONE, "d1", "RERUNNABLE", 0, done(Signal.STOP, 150, 2150));
        process(TWO, "d1", "RERUNNABLE", 0);
        registered(ONE, 100);
        registered(TWO, 2000);
        lines.add(line(TWO, 2001, "0001", 2, "0001#2", ActionLine.What.START, 0));
        write(ONE, 2151, "0001", 1, ActionLine.What.START, ActionLine.What.CUT);
        write(TWO, 2200, "0001", 2, ActionLine.What.STEP, ActionLine.What.END);
        receipt(TWO, 2210, "0001", "0001#2");
        apply(TWO, 2300, "0002", 1);
        assertThat(judged()).isEmpty();

        // While it waited for an answer, it was not there.
        processes.replaceAll(process -> process.pid() == ONE
                ? outcome(ONE, "d1", "RERUNNABLE", 0, new AppliedFault(Signal.STOP, false, 150, 2150))
                : process);
        assertThat(judged())
                .satisfiesExactly(
                        late -> assertThat(late).startsWith("G1 deadline: 0001 attempt 1 by 101 starts 2051 ms after"),
                        beside -> assertThat(beside).startsWith("G5 lease: 0001 attempt 1 by 101 starts beside"));
    }

    // Progress

    @Test
    @Breaks(Promise.PROGRESS)
    void no_claim_is_left_at_the_end() {
        twoApplied();
        running = "0003";
        assertThat(judged()).containsExactly("progress: 0003 is claimed in the end");
    }

    @Test
    void each_process_ends_with_an_explained_exit_code() {
        twoApplied();
        processes.add(
                new ProcessOutcome("p3", 103, build("d1", "PLAIN"), 0, List.of(), List.of("busy again"), null, null));
        process(104, "d1", "PLAIN", 1);
        process(105, "d1", "PLAIN", 137);
        process(106, "d1", "PLAIN", 143);
        assertThat(judged())
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("progress: p3 (103, d1) neither ends"),
                        two -> assertThat(two).startsWith("progress: p104 (104, d1) ended with 1"),
                        three -> assertThat(three).startsWith("progress: p105 (105, d1) ended with 137"),
                        four -> assertThat(four).startsWith("progress: p106 (106, d1) ended with 143"));
    }

    @Test
    void no_process_serves_while_a_migration_is_pending() {
        process(ONE, "d1", "PLAIN", 0);
        apply(ONE, 100, "0001", 1);
        assertThat(judged()).singleElement().asString().startsWith("progress: p101 (101, d1) ended with 0");
    }

    @Test
    void a_killed_owner_of_a_plain_action_leaves_INTERRUPTED() {
        interrupted("PLAIN", done(Signal.KILL, 150, 0));
        assertThat(judged()).isEmpty();
    }

    @Test
    void no_process_is_blocked_on_a_verdict_that_the_register_does_not_hold() {
        interrupted("PLAIN", done(Signal.KILL, 150, 0));
        halted = new Ledger.Halted("0001", "INTERRUPTED", "another", ONE, 1500, "");
        assertThat(judged()).singleElement().asString().startsWith("progress: p102 (102, d2) ended with 143");
    }

    @Test
    void no_process_is_blocked_beside_a_receipt() {
        interrupted("PLAIN", done(Signal.KILL, 150, 0));
        write(ONE, 150, "0001", 1, ActionLine.What.STEP, ActionLine.What.END);
        receipt(ONE, 160, "0001", "0001#1");
        applied.clear();
        assertThat(judged()).anyMatch(it -> it.startsWith("progress: p102 (102, d2) ended with 143"));
    }

    @Test
    void no_process_is_blocked_on_INTERRUPTED_if_the_migration_may_restart() {
        interrupted("RERUNNABLE", done(Signal.KILL, 150, 0));
        assertThat(judged()).singleElement().asString().startsWith("progress: p102 (102, d2) ended with 143");
    }

    @Test
    void no_process_is_blocked_on_an_owner_that_sent_heartbeats() {
        interrupted("PLAIN", done(Signal.KILL, 150, 0));
        registered(ONE, 600);
        assertThat(judged()).singleElement().asString().startsWith("progress: p102 (102, d2) ended with 143");
    }

    @Test
    void no_process_is_blocked_on_an_owner_that_completed_its_action() {
        interrupted("PLAIN", done(Signal.STOP, 150, 2150));
        processes.replaceAll(process -> process.pid() == ONE
                ? outcome(ONE, "d1", "PLAIN", 143, done(Signal.STOP, 150, 2150), done(Signal.TERM, 5000, 0))
                : process);
        write(ONE, 2200, "0001", 1, ActionLine.What.STEP, ActionLine.What.END);
        assertThat(judged())
                .contains("G2 late owner: 0001 attempt 1 by 101 came to its end and is not applied")
                .anyMatch(it -> it.startsWith("progress: p102 (102, d2) ended with 143"));
    }

    @Test
    void no_process_is_blocked_on_FAILED_if_its_deployment_has_not_failed() {
        process(ONE, "d1", "PLAIN", 137, done(Signal.KILL, 500, 0));
        blocked(TWO, "d1", "PLAIN", "0001 FAILED 0001#1");
        write(ONE, 100, "0001", 1, ActionLine.What.START, ActionLine.What.THREW);
        halted = new Ledger.Halted("0001", "FAILED", "0001#1", ONE, 150, "");
        assertThat(judged()).isEmpty();

        processes.remove(1);
        blocked(TWO, "d2", "PLAIN", "0001 FAILED 0001#1");
        assertThat(judged()).singleElement().asString().startsWith("progress: p102 (102, d2) ended with 143");
    }

    @Test
    void who_is_alive_and_blocked_for_a_reason_is_settled() {
        interrupted("PLAIN", done(Signal.KILL, 150, 0));
        processes.add(new ProcessOutcome(
                "p3", 103, build("d2", "PLAIN"), 0, List.of(), List.of("blocked 0001 INTERRUPTED 0001#1"), null, null));
        assertThat(new RoundChecker(history()).unsettled()).isEmpty();
        processes.add(new ProcessOutcome(
                "p4",
                104,
                build("d2", "PLAIN"),
                0,
                List.of(),
                List.of("blocked 0001 INTERRUPTED 0001#1", "busy again"),
                null,
                null));
        assertThat(new RoundChecker(history()).unsettled())
                .extracting(ProcessOutcome::name)
                .containsExactly("p4");
    }

    // What the register said in each write

    @Test
    @Breaks({Promise.REGISTER, Promise.RECEIPT_FIRST})
    void the_register_keeps_applied_records_and_writes_them_after_the_receipts() {
        twoApplied();
        wrote(ONE, 90, new WrittenState(Set.of(), "0001#1", "", "", 0));
        wrote(ONE, 120, new WrittenState(Set.of("0001"), "0002#1", "", "", 0));
        wrote(ONE, 320, new WrittenState(Set.of("0001", "0002"), "", "", "", 0));
        // A claim that is not there cannot be asked for below.
        assertThat(judged()).isEmpty();

        wrote(TWO, 340, new WrittenState(Set.of("0002"), "", "", "", 0));
        assertThat(judged()).containsExactly("G2 register: the register called [0001, 0002] applied, and then [0002]");

        requests.removeIf(request -> request.register() != null && request.forwardedAt() > 100);
        wrote(ONE, 105, new WrittenState(Set.of("0001"), "0002#1", "", "", 0));
        assertThat(judged())
                .containsExactly("G2 receipt first: the register calls 0001 applied before its receipt is there");
    }

    @Test
    @Breaks(Promise.CLAIM)
    void no_action_starts_before_its_claim() {
        twoApplied();
        wrote(ONE, 90, new WrittenState(Set.of(), "0001#1", "", "", 0));
        wrote(ONE, 500, new WrittenState(Set.of("0001"), "0002#1", "", "", 0));
        assertThat(judged())
                .containsExactly("G1 claim: 0002 attempt 1 by 101 starts before its claim is in the register");
    }

    @Test
    @Breaks({Promise.CHECKPOINT, Promise.LAST_CHECKPOINT})
    void no_checkpoint_of_the_register_or_of_a_failure_is_lost() {
        process(ONE, "d1", "RESUMABLE", 143, done(Signal.TERM, 9000, 0));
        process(TWO, "d2", "RESUMABLE", 0);
        registered(ONE, 90);
        wrote(ONE, 90, new WrittenState(Set.of(), "0001#1", "", "", 0));
        lines.add(line(ONE, 100, "0001", 1, "0001#1", ActionLine.What.START, 0));
        lines.add(line(ONE, 110, "0001", 1, "0001#1", ActionLine.What.STEP, 1));
        lines.add(line(ONE, 120, "0001", 1, "0001#1", ActionLine.What.THREW, 0));
        wrote(ONE, 130, new WrittenState(Set.of(), "", "0001#1", "FAILED", 1));
        wrote(TWO, 190, new WrittenState(Set.of(), "0001#2", "", "", 1));
        lines.add(line(TWO, 200, "0001", 2, "0001#2", ActionLine.What.START, 1));
        lines.add(line(TWO, 210, "0001", 2, "0001#2", ActionLine.What.END, 1));
        receipt(TWO, 220, "0001", "0001#2");
        wrote(TWO, 230, new WrittenState(Set.of("0001"), "0002#1", "", "", 0));
        apply(TWO, 300, "0002", 1);
        assertThat(judged()).isEmpty();

        lines.replaceAll(line -> line.pid() == TWO
                        && line.what() == ActionLine.What.START
                        && line.id().equals("0001")
                ? line(TWO, 200, "0001", 2, "0001#2", ActionLine.What.START, 0)
                : line);
        assertThat(judged())
                .containsExactly("G2 checkpoint: 0001 attempt 2 by 102 starts from 0 though the register held 1");

        requests.replaceAll(request -> request.forwardedAt() == 130
                ? new S3Request(
                        ONE,
                        request.kind(),
                        "ledger.json",
                        130,
                        131,
                        200,
                        new WrittenState(Set.of(), "", "0001#1", "FAILED", 0))
                : request);
        requests.removeIf(request -> request.forwardedAt() == 190);
        wrote(TWO, 190, new WrittenState(Set.of(), "0001#2", "", "", 0));
        assertThat(judged())
                .containsExactly(
                        "G2 last checkpoint: 0001 attempt 1 by 101 failed after step 1, and its verdict has 0");
    }

    @Test
    @Breaks(Promise.SERVING)
    void no_process_serves_before_all_migrations_have_receipts() {
        twoApplied();
        processes.add(new ProcessOutcome("p2", TWO, build("d1", "PLAIN"), 0, List.of(), List.of("serves"), 311L, 0));
        assertThat(judged()).isEmpty();
        processes.set(1, new ProcessOutcome("p2", TWO, build("d1", "PLAIN"), 0, List.of(), List.of("serves"), 309L, 0));
        assertThat(judged()).containsExactly("G4 serving: p2 (102, d1) serves before 0002 has a receipt");
    }

    @Test
    @Breaks(Promise.REPORT)
    void an_owner_reports_how_its_action_ended() {
        twoApplied();
        processes.set(
                0, new ProcessOutcome("p1", ONE, build("d1", "PLAIN"), 0, List.of(), REPORTS.subList(0, 1), null, 0));
        assertThat(judged()).containsExactly("G6 report: p1 (101, d1) does not report how 0002 attempt 1 by 101 ended");
    }

    @Test
    void the_content_of_a_write_is_read_from_chunks() {
        String register = "{\"applied\": [{\"id\": \"0001\", \"token\": \"a\"}], \"running\": null,"
                + " \"halted\": {\"token\": \"b\", \"verdict\": \"FAILED\", \"checkpoint\": \"7\"}}";
        assertThat(WrittenState.parse("9f;chunk-signature=00\r\n" + register + "\r\n0\r\n\r\n"))
                .isEqualTo(new WrittenState(Set.of("0001"), "", "b", "FAILED", 7));
    }

    private void wrote(long pid, long at, WrittenState register) {
        requests.add(new S3Request(pid, RequestKind.WRITE_REGISTER, "ledger.json", at, at + 1, 200, register));
    }

    // Rounds

    private final Set<String> broken = new TreeSet<>();

    /** A test that claims that a promise is broken has seen the checker name it. */
    @AfterEach
    void names_the_promises(TestInfo info) {
        Breaks breaks = info.getTestMethod().orElseThrow().getAnnotation(Breaks.class);
        if (breaks != null) {
            assertThat(List.of(breaks.value()))
                    .allMatch(promise -> broken.stream().anyMatch(promise::isBrokenBy));
        }
    }

    private void twoApplied() {
        process(ONE, "d1", "PLAIN", 0);
        apply(ONE, 100, "0001", 1);
        apply(ONE, 300, "0002", 1);
        assertThat(judged()).isEmpty();
    }

    /** One has started 0001 and is lost; two is blocked. */
    private void interrupted(String type, AppliedFault what) {
        process(ONE, "d1", type, 137, what);
        blocked(TWO, "d2", type, "0001 INTERRUPTED 0001#1");
        registered(ONE, 90);
        write(ONE, 100, "0001", 1, ActionLine.What.START);
        halted = new Ledger.Halted("0001", "INTERRUPTED", "0001#1", ONE, 1500, "no heartbeat");
    }

    private List<String> judged() {
        List<String> violations = new RoundChecker(history()).judge();
        broken.addAll(violations);
        return violations;
    }

    private RoundHistory history() {
        return new RoundHistory(LEASE, lines, processes, requests, new Ledger(applied, receipts, running, halted));
    }

    private void apply(long pid, long at, String id, int attempt) {
        registered(pid, at - 1);
        write(pid, at, id, attempt, ActionLine.What.START, ActionLine.What.STEP, ActionLine.What.END);
        receipt(pid, at + 10, id, id + "#" + attempt);
    }

    private void write(long pid, long at, String id, int attempt, ActionLine.What... what) {
        write(pid, at, id, attempt, id + "#" + attempt, what);
    }

    private void write(long pid, long at, String id, int attempt, String token, ActionLine.What... what) {
        if (what[0] == ActionLine.What.START && history().lastWrite(pid, at) < at - LEASE && !claims) {
            registered(pid, at - 1);
        }
        for (ActionLine.What one : what) {
            lines.add(line(
                    pid,
                    at,
                    id,
                    attempt,
                    token,
                    one,
                    one == ActionLine.What.STEP || one == ActionLine.What.END ? 1 : 0));
        }
    }

    private static ActionLine line(
            long pid, long at, String id, int attempt, String token, ActionLine.What what, int step) {
        return new ActionLine(id, attempt, pid, token, what, step, at);
    }

    private void registered(long pid, long at) {
        requests.add(new S3Request(pid, RequestKind.WRITE_REGISTER, "ledger.json", at, at + 1, 200, null));
        requests.add(new S3Request(pid, RequestKind.WRITE_REGISTER, "ledger.json", at + 300, at + 301, 412, null));
    }

    private void receipt(long pid, long at, String id, String token) {
        requests.add(new S3Request(pid, RequestKind.WRITE_RECEIPT, id, at, at + 1, 200, null));
        receipts.put(id, token);
        applied.put(id, token);
    }

    private void process(long pid, String deployment, String type, int exit, AppliedFault... done) {
        processes.add(outcome(pid, deployment, type, exit, done));
    }

    private void blocked(long pid, String deployment, String type, String verdict) {
        processes.add(new ProcessOutcome(
                "p" + pid, pid, build(deployment, type), 0, List.of(), List.of("blocked " + verdict), null, 143));
    }

    private static ProcessOutcome outcome(long pid, String deployment, String type, int exit, AppliedFault... done) {
        return new ProcessOutcome("p" + pid, pid, build(deployment, type), 0, List.of(done), REPORTS, null, exit);
    }

    private static AppliedFault done(Signal signal, long at, long until) {
        return new AppliedFault(signal, true, at, until);
    }

    private static Build build(String deployment, String type) {
        MigrationSpec.Type as = MigrationSpec.Type.valueOf(type);
        return new Build(
                deployment,
                List.of(new MigrationSpec("0001", as, 1, 0, false), new MigrationSpec("0002", as, 1, 0, false)));
    }
}
