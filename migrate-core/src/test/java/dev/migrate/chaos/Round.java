package dev.migrate.chaos;

import dev.migrate.chaos.InjectedFault.Signal;
import dev.migrate.store.ObjectStore;
import dev.migrate.testing.Exchange;
import dev.migrate.testing.FaultProxy;
import dev.migrate.testing.Message;
import dev.migrate.testing.RequestKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * One round: an environment of its own, some processes, what happens to them, and in the end one process that nothing
 * happens to.
 */
final class Round {

    private static final long MAX_FAULT_MILLIS = 15_000;
    private static final long MOST_MILLIS_TO_SETTLE = 60_000;

    private final int number;
    private final RoundPlan draw;
    private final Setting setting;
    private final String environment;
    private final Path file;
    private final Timeline timeline = new Timeline();
    private final List<Child> children = new CopyOnWriteArrayList<>();
    private final List<S3Request> requests = new CopyOnWriteArrayList<>();
    private final List<InjectedFault> ahead;
    private final List<InjectedFault> happened = new CopyOnWriteArrayList<>();
    private final Map<InjectedFault.Point, Integer> passed = new HashMap<>();
    private final List<Integer> replacements;
    private final List<Integer> arrivals;
    /** One request at a time, where the server needs that. */
    private final Object turn = new Object();

    private volatile long firstWrite = Long.MAX_VALUE;
    private volatile Child writer;

    /**
     * What all rounds have in common.
     *
     * @param server the server
     * @param store the same, undisturbed
     * @param jvms starts processes
     * @param folder where the files of the rounds are
     * @param lease the lease in milliseconds
     */
    record Setting(Server server, ObjectStore store, Jvms jvms, Path folder, long lease) {}

    /** What came of a round. */
    record Result(
            int number,
            RoundPlan draw,
            String server,
            List<InjectedFault> happened,
            RoundHistory history,
            List<String> violations,
            List<String> timeline,
            long millis) {}

    Round(long seed, int number, Setting setting) {
        this.number = number;
        this.draw = RoundPlan.of(seed, number);
        this.setting = setting;
        this.environment = "round-" + number;
        this.file = setting.folder().resolve(environment);
        this.ahead = new ArrayList<>(draw.faults());
        this.replacements = new ArrayList<>(draw.replacements());
        this.arrivals = new ArrayList<>(draw.arrivals());
    }

    Result run() throws IOException, InterruptedException {
        try {
            for (int build : draw.first()) {
                start(draw.builds().get(build));
            }
            await(MAX_FAULT_MILLIS, () -> {
                happen();
                return arrivals.isEmpty() && isQuiet();
            });
            stopFault();
            start(draw.last());
            boolean settled = await(
                    MOST_MILLIS_TO_SETTLE,
                    () -> isQuiet() && new RoundChecker(history()).unsettled().isEmpty());
            if (!settled) {
                for (Child child : children) {
                    child.dumpThreads();
                }
            }
            for (Child child : children) {
                child.tellToEnd();
            }
            for (Child child : children) {
                child.awaitEnd();
            }
            RoundHistory history = history();
            return new Result(
                    number,
                    draw,
                    setting.server().name(),
                    List.copyOf(happened),
                    history,
                    new RoundChecker(history).judge(),
                    timeline.events(),
                    timeline.millis());
        } finally {
            children.forEach(Child::close);
        }
    }

    private void start(Build build) throws IOException {
        FaultProxy proxy = FaultProxy.to(setting.server().endpoint());
        App.Order order = new App.Order(
                proxy.endpoint(),
                setting.server().ledger(),
                environment,
                build.deployment(),
                setting.lease(),
                draw.graceMillis(),
                file,
                build.migrations());
        String name = "p" + (children.size() + 1);
        Child child = new Child(name, build, setting.jvms().start(order), proxy, timeline);
        children.add(child);
        proxy.on(any -> true, exchange -> pass(child, exchange));
    }

    // What happens at a point

    private void pass(Child child, Exchange exchange) throws IOException {
        RequestKind kind = exchange.proxied().kind();
        Optional<InjectedFault> before = due(new InjectedFault.Point(kind, false));
        if (before.isPresent()) {
            Optional<Process> frozen = apply(child, before.get());
            if (!before.get().either()) {
                if (before.get().signal() == Signal.KILL) {
                    exchange.cut();
                    return;
                }
                frozen.ifPresent(shell -> shell.onExit().join());
            }
        }
        Sent sent = send(exchange);
        Message answer = sent.answer();
        String path = exchange.proxied().path();
        S3Request request = new S3Request(
                child.pid(),
                kind,
                path.substring(path.lastIndexOf('/') + 1),
                sent.at(),
                System.currentTimeMillis(),
                answer.status(),
                kind == RequestKind.WRITE_REGISTER && answer.status() == 200 ? written(exchange) : null);
        requests.add(request);
        timeline.add(child.name, exchange.proxied().method() + " " + request.name() + ": " + answer.status());
        if (kind == RequestKind.WRITE_REGISTER && request.done()) {
            firstWrite = Math.min(firstWrite, request.answeredAt());
            writer = child;
        }
        Optional<InjectedFault> after = due(new InjectedFault.Point(kind, true));
        if (after.isPresent()) {
            apply(child, after.get());
        }
        exchange.answer(answer);
    }

    /** A tombstone that probes the store is no register. */
    private static WrittenState written(Exchange exchange) {
        return exchange.body().contains("\"refused\"") ? null : WrittenState.parse(exchange.body());
    }

    private Sent send(Exchange exchange) throws IOException {
        if (!setting.server().tears()) {
            return Sent.now(exchange);
        }
        synchronized (turn) {
            return Sent.now(exchange);
        }
    }

    private record Sent(long at, Message answer) {
        static Sent now(Exchange exchange) throws IOException {
            long at = System.currentTimeMillis();
            return new Sent(at, exchange.forward());
        }
    }

    /** Counts a request that has come to a point, and says what is to happen there. */
    private Optional<InjectedFault> due(InjectedFault.Point point) {
        synchronized (ahead) {
            int count = passed.merge(point, 1, Integer::sum);
            Optional<InjectedFault> due = ahead.stream()
                    .filter(one -> one.point().equals(point) && one.nth() <= count)
                    .findFirst();
            due.ifPresent(ahead::remove);
            return due;
        }
    }

    private Optional<Process> apply(Child child, InjectedFault fault) throws IOException {
        if (!child.alive() || (child.frozen() && fault.signal() != Signal.KILL)) {
            return Optional.empty();
        }
        happened.add(fault);
        boolean random = fault.point().kind() == null;
        switch (fault.signal()) {
            case KILL -> child.kill(random);
            case TERM -> child.terminate(random);
            case STOP -> {
                return Optional.of(child.freeze(random, 2 * setting.lease()));
            }
        }
        return Optional.empty();
    }

    // What happens at random moments, and who comes

    private void happen() throws IOException, InterruptedException {
        List<InjectedFault> due = new ArrayList<>();
        synchronized (ahead) {
            ahead.stream()
                    .filter(one -> one.point().kind() == null && System.currentTimeMillis() - one.nth() >= firstWrite)
                    .forEach(due::add);
            ahead.removeAll(due);
        }
        for (InjectedFault fault : due) {
            Optional<Child> target = target(fault);
            if (target.isPresent()) {
                apply(target.get(), fault);
            }
        }
        for (Child child : children) {
            if (child.leavesAGap() && !replacements.isEmpty()) {
                start(draw.builds().get(replacements.remove(0)));
            }
        }
        if (!arrivals.isEmpty() && (arrivals.get(0) <= timeline.millis() || isQuiet())) {
            arrivals.remove(0);
            start(draw.builds().get(1));
        }
    }

    private Optional<Child> target(InjectedFault fault) {
        Child owner = writer;
        if (fault.either() && owner != null && owner.alive()) {
            return Optional.of(owner);
        }
        List<Child> alive = children.stream().filter(Child::alive).toList();
        return alive.isEmpty() ? Optional.empty() : Optional.of(alive.get(fault.nth() % alive.size()));
    }

    private void stopFault() throws IOException, InterruptedException {
        synchronized (ahead) {
            ahead.clear();
        }
        await(10 * setting.lease(), () -> children.stream().noneMatch(Child::frozen));
    }

    // Waiting

    /** Whether nobody does anything more by himself. */
    private boolean isQuiet() throws InterruptedException {
        for (Child child : children) {
            if (child.frozen()
                    || (child.alive()
                            && (child.isKilled() || child.outcome().blocked().isEmpty()))) {
                return false;
            }
        }
        return true;
    }

    private RoundHistory history() throws IOException, InterruptedException {
        List<ProcessOutcome> processes = new ArrayList<>();
        for (Child child : children) {
            processes.add(child.outcome());
        }
        return new RoundHistory(
                setting.lease(),
                ActionLine.readAll(file),
                processes,
                requests,
                Ledger.read(setting.store(), environment));
    }

    /** Something that is looked at until it is so. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static boolean await(long mostMillis, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMillis);
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return true;
    }
}
