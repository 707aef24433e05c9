package dev.migrate.chaos;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.protocol.RunCancelledException;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A small application: runs its migrations and ends when it could serve. What it is blocked on it prints. It ends at
 * once when whoever started it is gone.
 */
final class App {

    private App() {}

    /** What a child is told on its command line. */
    record Order(
            URI endpoint,
            String ledger,
            String environment,
            String deployment,
            long lease,
            long grace,
            Path file,
            List<MigrationSpec> migrations) {

        List<String> arguments() {
            return List.of(
                    endpoint.toString(),
                    ledger,
                    environment,
                    deployment,
                    "" + lease,
                    "" + grace,
                    file.toString(),
                    MigrationSpec.write(migrations));
        }

        static Order of(String[] words) {
            return new Order(
                    URI.create(words[0]),
                    words[1],
                    words[2],
                    words[3],
                    Long.parseLong(words[4]),
                    Long.parseLong(words[5]),
                    Path.of(words[6]),
                    MigrationSpec.parse(words[7]));
        }
    }

    public static void main(String[] arguments) {
        endWithTheParent();
        Order order = Order.of(arguments);
        long pid = ProcessHandle.current().pid();
        RunnerSettings settings = RunnerSettings.builder(
                        new EnvironmentName(order.environment()), new Owner("rounds", pid, null))
                .deployment(order.deployment())
                .lease(Duration.ofMillis(order.lease()))
                .shutdownGrace(Duration.ofMillis(order.grace()))
                .build();
        Actions actions = new Actions(order.file(), pid);
        MigrationRunner runner = new MigrationRunner(
                Server.store(order.endpoint(), order.ledger()),
                order.migrations().stream().map(actions::definition).toList(),
                settings,
                MigrationListener.of(event -> {
                    actions.on(event);
                    print(event);
                }));
        Runtime.getRuntime().addShutdownHook(new Thread(runner::stop, "stop"));
        try {
            runner.run();
        } catch (RunCancelledException e) {
            say("stopped");
        }
    }

    /** Says what changes, and what this process is blocked on. */
    private static void print(MigrationEvent event) {
        if (event instanceof MigrationEvent.Blocked blocked && blocked.block().verdict() != null) {
            var halted = blocked.block().verdict();
            say("blocked " + halted.id() + " " + halted.outcome() + " "
                    + halted.attempt().token());
        } else if (event instanceof MigrationEvent.TakenOver taken) {
            say("takes-over " + taken.running().id() + " "
                    + taken.running().attempt().token());
        } else if (event instanceof MigrationEvent.Completed) {
            say("serves");
        } else if (event instanceof MigrationEvent.Notice || event instanceof MigrationEvent.LedgerUnreachable) {
            say("notes " + event);
        } else if (!(event instanceof MigrationEvent.ProgressReported)) {
            say("busy " + event);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** Nothing is ever written to its input: it ends when the parent does. */
    private static void endWithTheParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {}
                    } catch (IOException e) {
                        say("no input: " + e);
                    }
                    Runtime.getRuntime().halt(3);
                },
                "parent");
        watch.setDaemon(true);
        watch.start();
    }
}
