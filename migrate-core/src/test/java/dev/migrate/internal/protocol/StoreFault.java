package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testing.Fault;
import dev.migrate.testing.ProxiedRequest;
import dev.migrate.testing.RequestKind;
import dev.migrate.testing.S3Error;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** What can happen to a request, and what a process must say of it. */
enum StoreFault {
    CUT(Fault.cut(), "unreachable: ", "no usable answer from 127.0.0.1"),
    ANSWER_LOST(Fault.lostAnswer(), "unreachable: ", "no usable answer from 127.0.0.1"),
    HALF_AN_ANSWER(Fault.halfAnswer()),
    LANDS_WHEN_GIVEN_UP(Fault.lateRequest(Duration.ZERO), "unreachable: ", "gave no answer in time"),
    LANDS_LONG_AFTER(Fault.lateRequest(Duration.ofMillis(150)), "unreachable: ", "gave no answer in time"),
    ANSWERED_TOO_LATE(Fault.lateAnswer(Duration.ofSeconds(5)), "unreachable: ", "gave no answer in time"),
    ANSWERED_LATE(Fault.lateAnswer(Duration.ofMillis(100))),
    CONFLICT(Fault.answer(S3Error.CONFLICT), "unreachable: ", "answered 409 ConditionalRequestConflict"),
    CONFLICT_THOUGH_DONE(Fault.answerAfter(S3Error.CONFLICT), "unreachable: ", "answered 409 Conditional"),
    PRECONDITION(Fault.answer(S3Error.PRECONDITION), "blocked: ", "answered 412 PreconditionFailed"),
    PRECONDITION_THOUGH_DONE(Fault.answerAfter(S3Error.PRECONDITION), "blocked: ", "answered 412 Precondition"),
    DENIED(Fault.answer(S3Error.DENIED), "blocked: ", "access denied (403 AccessDenied", "Allow this role s3:"),
    INTERNAL(Fault.answer(S3Error.INTERNAL), "unreachable: ", "answered 500 InternalError"),
    INTERNAL_THOUGH_DONE(Fault.answerAfter(S3Error.INTERNAL), "unreachable: ", "answered 500 InternalError"),
    SLOW_DOWN(Fault.answer(S3Error.SLOW_DOWN), "unreachable: ", "answered 503 SlowDown"),
    SLOW_DOWN_THOUGH_DONE(Fault.answerAfter(S3Error.SLOW_DOWN), "unreachable: ", "answered 503 SlowDown");

    private final Fault fault;
    private final List<String> told;

    StoreFault(Fault fault, String... told) {
        this.fault = fault;
        this.told = List.of(told);
    }

    Fault fault() {
        return fault;
    }

    /** How long a request may take. Where nothing is to come too late, nothing does on a machine that is busy. */
    Duration call() {
        return isLate() ? Duration.ofSeconds(4) : Duration.ofSeconds(30);
    }

    private boolean isLate() {
        return told.contains("gave no answer in time");
    }

    /** The requests to which it happens: one, and the same again where the JDK sends a GET that got no answer twice. */
    Predicate<ProxiedRequest> at(int number) {
        AtomicReference<String> get = new AtomicReference<>("");
        return proxied -> {
            if (proxied.number() == number && proxied.method().equals("GET") && (this == CUT || this == ANSWER_LOST)) {
                get.set(proxied.toString());
            }
            boolean again = proxied.number() == number + 1 && proxied.toString().equals(get.get());
            return proxied.number() == number || again;
        };
    }

    /** It must be told, once, unless it is the protocol's daily bread. */
    void checkTold(ProxiedRequest met, List<String> trouble) {
        boolean write = met.kind() == RequestKind.WRITE_REGISTER || met.kind() == RequestKind.WRITE_RECEIPT;
        boolean conflict = name().startsWith("CONFLICT") || name().startsWith("PRECONDITION");
        if (this == HALF_AN_ANSWER) {
            assertThat(trouble).hasSizeLessThanOrEqualTo(1); // half of it may be all that is needed
        } else if (told.isEmpty() || (conflict && write)) {
            assertThat(trouble).isEmpty(); // a conflict of a write is settled by reading
        } else {
            checkNothingElseTold(trouble);
            assertThat(trouble).hasSizeBetween(1, isLate() ? 10 : 1);
        }
    }

    /** On a machine that is busy, others of its requests can be late too. */
    void checkNothingElseTold(List<String> trouble) {
        assertThat(trouble)
                .allSatisfy(text -> assertThat(text).contains(told).contains("s3://ledger/" + S3Fixture.PLACE));
    }
}
