package dev.migrate.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One request that a proxy holds in its hand. What becomes of it is up to a {@link Fault}. */
public final class Exchange {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final ProxiedRequest proxied;
    private final Message request;
    private final Socket client;
    private final URI target;
    private final Object lane;

    /**
     * @param lane what no two exchanges may have at a time
     */
    Exchange(ProxiedRequest proxied, Message request, Socket client, URI target, Object lane) {
        this.proxied = proxied;
        this.request = request;
        this.client = client;
        this.target = target;
        this.lane = lane;
    }

    /** What is asked. */
    public ProxiedRequest proxied() {
        return proxied;
    }

    /** What the request carries, with what its transfer coding adds. */
    public String body() {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    /** Sends the request to the server, on a connection that no other request is on, and waits for the answer. */
    public Message forward() throws IOException {
        return forward(request);
    }

    /** The same, but for a header. */
    Message forwardWithout(String header) throws IOException {
        return forward(request.without(header));
    }

    private Message forward(Message asked) throws IOException {
        synchronized (lane) {
            return ask(asked);
        }
    }

    private Message ask(Message asked) throws IOException {
        try (Socket server = new Socket(target.getHost(), target.getPort())) {
            server.setTcpNoDelay(true);
            server.setSoTimeout((int) LONGEST.toMillis());
            server.getOutputStream().write(asked.bytes());
            return Message.readAnswer(new BufferedInputStream(server.getInputStream()), proxied.method());
        }
    }

    /** Gives the client its answer. */
    public void answer(Message answer) throws IOException {
        client.getOutputStream().write(answer.bytes());
        if (answer.isLast() || request.isLast()) {
            cut();
        }
    }

    /** Gives the client the first bytes of an answer, and hangs up; all of it, where there are no more than that. */
    void answerInPart(Message answer, int bytes) throws IOException {
        byte[] all = answer.bytes();
        if (bytes >= all.length) {
            answer(answer);
            return;
        }
        client.getOutputStream().write(all, 0, bytes);
        cut();
    }

    /** Hangs up. */
    public void cut() throws IOException {
        client.close();
    }

    /** Waits until the client has hung up. */
    void awaitHangUp() throws IOException {
        client.setSoTimeout((int) LONGEST.toMillis());
        try {
            if (client.getInputStream().read() >= 0) {
                throw new IOException("The client sent more before it had an answer to " + proxied);
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("The client still waits for an answer to " + proxied, e);
        } catch (SocketException e) {
            // It hung up in a hurry.
        }
    }
}
