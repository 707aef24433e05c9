package dev.migrate.internal.ledger;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.RunningMigration;
import dev.migrate.listener.RunningMigration.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the readers of the ledger promise for any bytes. It needs no test library, so that a fuzzer has little to carry. */
final class ReaderProperties {

    static final EnvironmentName DEV = new EnvironmentName("odin-dev");
    static final MigrationId RECEIPT = MigrationId.of("0003");

    private static final int LONGEST_MESSAGE = 1000;
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final Set<String> REGISTER =
            Set.of("format", "environment", "revision", "nonce", "applied", "running", "halted", "attempts", "refused");
    private static final Set<String> ATTEMPT =
            Set.of("id", "name", "attempt", "token", "startedAt", "deployment", "owner", "reverts");
    private static final Set<String> APPLIED = with(ATTEMPT, "finishedAt", "tookMillis");
    private static final Set<String> RUNNING = with(ATTEMPT, "leaseMillis", "beat", "checkpoint", "progress");
    private static final Set<String> TOLD = with(ATTEMPT, "error", "at", "checkpoint", "tookMillis", "by", "reason");
    private static final Set<String> HALTED = with(TOLD, "verdict");
    private static final Set<String> PAST = with(TOLD, "what");
    private static final Set<String> OWNER = Set.of("host", "pid", "task");
    private static final Set<String> OPERATOR = with(OWNER, "user");

    private ReaderProperties() {}

    /** Holds bytes against all promises. */
    static void check(byte[] content) {
        boolean unused = isRegister(content);
        receipt(content);
    }

    /** Whether the bytes are a register. If so, it can be written and read again, and so can all that follows from it. */
    static boolean isRegister(byte[] content) {
        LedgerJson.RegisterDocument first;
        try {
            first = LedgerJson.read(content, DEV, "here");
        } catch (LedgerException e) {
            String message = String.valueOf(e.getMessage());
            require(message.startsWith("here "), "the message names the place", message);
            require(message.length() <= LONGEST_MESSAGE, "the message is short", message.length());
            require(message.chars().noneMatch(Character::isISOControl), "the message is one line", message);
            require(!e.action().isBlank(), "the message says what to do", message);
            return false;
        }
        byte[] written = LedgerJson.write(first.state(), first.state().revision(), first.nonce());
        requireEqual("read, written and read again", first, LedgerJson.read(written, DEV, "here"));
        unknownSurvive(json(content), json(written));
        for (LedgerState next : successors(first.state())) {
            // A field that one kind of record does not know may be known to the next, and not survive the move.
            LedgerState moved = again(next);
            requireEqual("what follows", moved, again(moved));
        }
        return true;
    }

    /** Whatever an object holds that is named as a receipt is, its migration is applied. */
    static void receipt(byte[] content) {
        AppliedMigration first = LedgerJson.readReceipt(RECEIPT, content);
        require(first.id().equals(RECEIPT), "the number is the object's name", first);
        AppliedMigration again = LedgerJson.readReceipt(RECEIPT, LedgerJson.writeReceipt(first));
        requireEqual("a receipt read, written and read again", first, again);
    }

    private static LedgerState again(LedgerState state) {
        return LedgerJson.read(LedgerJson.write(state, state.revision(), "n"), DEV, "here")
                .state();
    }

    private static List<LedgerState> successors(LedgerState state) {
        List<LedgerState> next = new ArrayList<>();
        RunningMigration running = state.running();
        if (running != null) {
            String token = Objects.requireNonNull(running.attempt().token());
            next.add(state.heartbeat(token, "row 3", new Progress(3, 9)));
            next.add(state.release(token));
            next.add(finished(state, running.attempt()));
            LedgerState halted = state.fail(token, Outcome.INTERRUPTED, null, AT, null);
            next.add(halted);
            next.addAll(successors(halted));
            return next;
        }
        List<MigrationId> others = new ArrayList<>(List.of(MigrationId.of("999999999999999999")));
        BlockingVerdict halted = state.halted();
        if (halted != null) {
            others.add(halted.id());
            OperatorTransitions acts =
                    new OperatorTransitions(AT, new Operator(new Owner("laptop", 7, null), "ana"), "by hand");
            next.add(acts.retry(state, halted.id()));
            next.add(acts.resolve(state, halted.id()));
            next.add(finished(state, halted.attempt()));
        }
        for (MigrationId id : others) {
            if (state.applied(id).isEmpty()) {
                Attempt attempt = new Attempt(
                        id,
                        "Name",
                        state.nextAttempt(id),
                        "a token of its own",
                        AT,
                        "d1",
                        new Owner("host", 7, null),
                        false,
                        Map.of());
                next.add(state.claim(attempt, Duration.ofMinutes(1)));
            }
        }
        return next;
    }

    private static LedgerState finished(LedgerState state, Attempt attempt) {
        return attempt.isRevert()
                ? new OperatorTransitions(AT, null, null).revert(state, attempt)
                : state.complete(new AppliedMigration(attempt, AT, Duration.ofSeconds(3)));
    }

    // What this version does not know

    private static void unknownSurvive(JsonObject before, JsonObject after) {
        sameRest("the register", REGISTER, before, after);
        records("applied", APPLIED, before, after);
        records("attempts", PAST, before, after);
        record("running", RUNNING, before, after);
        record("halted", HALTED, before, after);
    }

    private static void records(String list, Set<String> known, JsonObject before, JsonObject after) {
        List<JsonObject> from = objects(list, before);
        List<JsonObject> to = objects(list, after);
        require(from.size() == to.size(), "as many records in " + list, to.size());
        if (list.equals("applied")) {
            from.sort(Comparator.comparing(
                    record -> Long.parseLong(record.get("id").getAsString())));
        }
        for (int i = 0; i < from.size(); i++) {
            attempt(list + "[" + i + "]", known, from.get(i), to.get(i));
        }
    }

    private static void record(String name, Set<String> known, JsonObject before, JsonObject after) {
        if (isObject(before.get(name))) {
            attempt(name, known, before.getAsJsonObject(name), after.getAsJsonObject(name));
        }
    }

    private static void attempt(String where, Set<String> known, JsonObject before, JsonObject after) {
        sameRest(where, known, before, after);
        if (isObject(before.get("owner"))) {
            sameRest(where + ".owner", OWNER, before.getAsJsonObject("owner"), after.getAsJsonObject("owner"));
        }
        if (known.equals(PAST) && isObject(before.get("by"))) {
            sameRest(where + ".by", OPERATOR, before.getAsJsonObject("by"), after.getAsJsonObject("by"));
        }
    }

    private static void sameRest(String where, Set<String> known, JsonObject before, JsonObject after) {
        Set<String> names = new HashSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeAll(known);
        for (String name : names) {
            requireEqual(
                    "'" + name + "' of " + where + " survives",
                    String.valueOf(before.get(name)),
                    String.valueOf(after.get(name)));
        }
    }

    private static List<JsonObject> objects(String list, JsonObject json) {
        List<JsonObject> objects = new ArrayList<>();
        json.getAsJsonArray(list).forEach(element -> objects.add(element.getAsJsonObject()));
        return objects;
    }

    private static boolean isObject(JsonElement element) {
        return element != null && element.isJsonObject();
    }

    private static JsonObject json(byte[] content) {
        return JsonParser.parseString(new String(content, StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    private static Set<String> with(Set<String> names, String... more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(List.of(more));
        return all;
    }

    private static void requireEqual(String what, Object one, Object other) {
        if (!one.equals(other)) {
            throw new AssertionError(what + ": " + one + " became " + other);
        }
    }

    private static void require(boolean holds, String what, Object saw) {
        if (!holds) {
            throw new AssertionError(what + ": " + saw);
        }
    }
}
