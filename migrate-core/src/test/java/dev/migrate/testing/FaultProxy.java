package dev.migrate.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Stands between a client and a server, writes down the requests it sees go by, and does to some of them what a network
 * or a server may do. What it counts is what left the client, whatever the client believes.
 *
 * <p>Each request goes to the server on a connection of its own, so what happens to one disturbs no other.
 */
public final class FaultProxy implements AutoCloseable {

    private final URI target;
    private final ServerSocket listener;
    private final Optional<Object> lane;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<ProxiedRequest> requests = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    /** What happens to which requests: to all that it is about, or to the n-th from now. */
    private static final class Rule {
        private final int nth;
        private final Predicate<ProxiedRequest> which;
        private final Fault fault;
        private int met;

        Rule(int nth, Predicate<ProxiedRequest> which, Fault fault) {
            this.nth = nth;
            this.which = which;
            this.fault = fault;
        }

        boolean meets(ProxiedRequest proxied) {
            return which.test(proxied) && (++met == nth || nth == 0);
        }
    }

    private FaultProxy(URI target, ServerSocket listener, Optional<Object> lane) {
        this.target = target;
        this.listener = listener;
        this.lane = lane;
    }

    /** Starts a proxy in front of {@code http://host:port}. */
    public static FaultProxy to(URI target) {
        return start(target, Optional.empty());
    }

    /** Starts a proxy that brings requests to the server one at a time: the next one when the last is answered. */
    public static FaultProxy inSingleFile(URI target) {
        return start(target, Optional.of(new Object()));
    }

    private static FaultProxy start(URI target, Optional<Object> lane) {
        try {
            ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
            FaultProxy proxy = new FaultProxy(target, listener, lane);
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

    /** From now on, this happens to every such request. The fault that was asked for first comes first. */
    public synchronized FaultProxy on(Predicate<ProxiedRequest> which, Fault fault) {
        rules.add(new Rule(0, which, fault));
        return this;
    }

    /** This happens once: to the n-th such request from now, counted from 1. */
    public synchronized FaultProxy onNth(int n, Predicate<ProxiedRequest> which, Fault fault) {
        if (n < 1) {
            throw new IllegalArgumentException("There is no request number " + n);
        }
        rules.add(new Rule(n, which, fault));
        return this;
    }

    /** From now on, nothing goes wrong. */
    public synchronized void mend() {
        rules.clear();
    }

    /** The requests so far, in the order in which they arrived. */
    public synchronized List<ProxiedRequest> requests() {
        return List.copyOf(requests);
    }

    /** How many requests there were of each kind. */
    public synchronized Map<RequestKind, Integer> counts() {
        Map<RequestKind, Integer> counts = new TreeMap<>();
        requests.forEach(proxied -> counts.merge(proxied.kind(), 1, Integer::sum));
        return counts;
    }

    /** Forgets the requests so far; the next one is number 1. */
    public synchronized void reset() {
        requests.clear();
    }

    @Override
    public void close() {
        quietly(listener);
        open.forEach(FaultProxy::quietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
                open.add(client);
                daemon("proxy", () -> serve(client));
            } catch (IOException e) {
                // The proxy is closed, or the client is gone already.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            Optional<Message> request = Message.readRequest(in, client.getOutputStream());
            while (request.isPresent()) {
                take(request.get(), client);
                request = client.isClosed() ? Optional.empty() : Message.readRequest(in, client.getOutputStream());
            }
        } catch (IOException e) {
            // One side hung up, and the other is told so by the end of its connection.
        } finally {
            open.remove(client);
        }
    }

    private void take(Message request, Socket client) throws IOException {
        Met met = meet(request);
        met.fault().act(new Exchange(met.proxied(), request, client, target, lane.orElseGet(Object::new)));
    }

    private record Met(ProxiedRequest proxied, Fault fault) {}

    private synchronized Met meet(Message request) {
        ProxiedRequest proxied = new ProxiedRequest(requests.size() + 1, request.word(0), request.word(1));
        requests.add(proxied);
        List<Rule> meeting = rules.stream().filter(rule -> rule.meets(proxied)).toList(); // each of them counts
        return new Met(proxied, meeting.isEmpty() ? Fault.none() : meeting.get(0).fault);
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
