package dev.migrate.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and a server, passes every byte on, and writes down the requests it sees go by. What it
 * counts is what left the client, whatever the client believes.
 */
public final class CountingProxy implements AutoCloseable {

    private final URI target;
    private final String lost;
    private final ServerSocket listener;
    private final List<Seen> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** One request: its method, and its path with the query. */
    public record Seen(String method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private CountingProxy(URI target, String lost, ServerSocket listener) {
        this.target = target;
        this.lost = lost;
        this.listener = listener;
    }

    /** Starts a proxy in front of {@code http://host:port}. */
    public static CountingProxy to(URI target) {
        return losing("", target);
    }

    /** Starts a proxy that passes on all but one header of the requests, as a gateway on the way may do. */
    public static CountingProxy losing(String header, URI target) {
        try {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            CountingProxy proxy = new CountingProxy(target, header, listener);
            daemon("proxy-accept", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy got no port", e);
        }
    }

    /** Where the client is to go instead of the target. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** The requests so far, in the order in which their first lines arrived. */
    public List<Seen> requests() {
        return List.copyOf(requests);
    }

    /** Forgets the requests so far. */
    public void reset() {
        requests.clear();
    }

    @Override
    public void close() {
        quietly(listener);
        open.forEach(CountingProxy::quietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = keep(listener.accept());
                Socket server = keep(new Socket(target.getHost(), target.getPort()));
                daemon("proxy-requests", () -> passRequests(client, server));
                daemon("proxy-answers", () -> passAnswers(server, client));
            } catch (IOException e) {
                // The target is gone, or the proxy is closed: clients see a connection without an answer.
                open.forEach(CountingProxy::quietly);
            }
        }
    }

    private void passRequests(Socket client, Socket server) {
        try {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = new BufferedOutputStream(server.getOutputStream());
            new RequestStream(in, out, lost).passAll((method, path) -> requests.add(new Seen(method, path)));
            server.shutdownOutput();
        } catch (IOException e) {
            quietly(client);
            quietly(server);
        }
    }

    private static void passAnswers(Socket server, Socket client) {
        try (server;
                client) {
            OutputStream out = client.getOutputStream();
            server.getInputStream().transferTo(out);
        } catch (IOException e) {
            // Either side hung up, and closing both tells the other.
        }
    }

    private Socket keep(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        open.add(socket);
        return socket;
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // It is closed, which is all that is wanted.
        }
    }
}
