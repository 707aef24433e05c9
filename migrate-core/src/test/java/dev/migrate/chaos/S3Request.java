package dev.migrate.chaos;

import dev.migrate.testing.RequestKind;

/**
 * A request, as the proxy of its sender saw it.
 *
 * @param pid the sender
 * @param kind what it asks
 * @param name the last part of its key
 * @param forwardedAt when it was sent on to the server
 * @param answeredAt when the server had answered
 * @param status what the server answered
 * @param register what it wrote into the register; null when it did not
 */
record S3Request(
        long pid, RequestKind kind, String name, long forwardedAt, long answeredAt, int status, WrittenState register) {

    /** Whether the server did it. */
    boolean done() {
        return status == 200;
    }
}
