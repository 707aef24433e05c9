package dev.migrate.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What becomes of a request on its way to a server and back. */
@FunctionalInterface
public interface Fault {

    /** Does it. */
    void act(Exchange exchange) throws IOException;

    /** Nothing goes wrong. */
    static Fault none() {
        return exchange -> exchange.answer(exchange.forward());
    }

    /** One header gets lost on the way, as a gateway may lose it. */
    static Fault losing(String header) {
        return exchange -> exchange.answer(exchange.forwardWithout(header));
    }

    /** The connection breaks before the server sees the request. */
    static Fault cut() {
        return Exchange::cut;
    }

    /** The server does what was asked, and the connection breaks before the client hears of it. */
    static Fault lostAnswer() {
        return exchange -> {
            exchange.forward();
            exchange.cut();
        };
    }

    /** The connection breaks in the middle of the answer's body, or of its head where there is no body. */
    static Fault halfAnswer() {
        return exchange -> {
            Message answer = exchange.forward();
            int all = answer.bytes().length;
            int body = answer.body().length;
            exchange.answerInPart(answer, body > 0 ? all - body / 2 : all / 2);
        };
    }

    /** The connection breaks after so many bytes of the answer, its head included, if it has more. */
    static Fault brokenAnswer(int bytes) {
        return exchange -> exchange.answerInPart(exchange.forward(), bytes);
    }

    /** The server does what was asked, and its answer takes long. */
    static Fault lateAnswer(Duration delay) {
        return exchange -> {
            Message answer = exchange.forward();
            pause(delay);
            exchange.answer(answer);
        };
    }

    /** The request reaches the server when its sender has given up, and some time more has passed. */
    static Fault lateRequest(Duration delay) {
        return exchange -> {
            exchange.awaitHangUp();
            pause(delay);
            exchange.forward();
        };
    }

    /** The client gets this answer, and the server never sees the request. */
    static Fault answer(S3Error error) {
        return exchange -> exchange.answer(error.message(exchange.proxied()));
    }

    /** The client gets this answer, though the server has done what was asked. */
    static Fault answerAfter(S3Error error) {
        return exchange -> {
            exchange.forward();
            exchange.answer(error.message(exchange.proxied()));
        };
    }

    /** Somebody is told when the server has answered and the client does not know it yet. Then it gets the answer. */
    static Fault toldBetween(Consumer<ProxiedRequest> listener) {
        return exchange -> {
            Message answer = exchange.forward();
            listener.accept(exchange.proxied());
            exchange.answer(answer);
        };
    }

    /** The same, and somebody is told before it, while the request waits: it has left the client and come no further. */
    default Fault toldBefore(Consumer<ProxiedRequest> listener) {
        return exchange -> {
            listener.accept(exchange.proxied());
            act(exchange);
        };
    }

    /** The same, and somebody is told after it. */
    default Fault toldAfter(Consumer<ProxiedRequest> listener) {
        return exchange -> {
            act(exchange);
            listener.accept(exchange.proxied());
        };
    }

    private static void pause(Duration delay) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(delay.toNanos());
        } catch (InterruptedException e) {
            throw new IOException("The proxy was closed", e);
        }
    }
}
