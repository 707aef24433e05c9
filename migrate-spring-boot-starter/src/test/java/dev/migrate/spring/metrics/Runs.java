package dev.migrate.spring.metrics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Runs of real applications, as Prometheus sees them. */
final class Runs {

    /** When something can be seen, in minutes from the beginning. */
    static final int BEFORE = 2;

    static final int SLOW = 6;
    static final int FAILED = 10;
    static final int FAILED_LONG_AGO = 24;
    static final int FAILED_AGAIN = 28;
    static final int TAKEN_OVER = 32;
    static final int BLOCKED_LONG = 46;
    static final int UNREACHABLE_AT_FIRST = 51;
    static final int UNREACHABLE = 54;
    static final int AFTER = 61;

    private Runs() {}

    /** Two migrations, which two processes want to run, with half a minute of waiting. */
    static Timeline good(Path ledger) throws Exception {
        Timeline timeline = new Timeline();
        try (WatchedApp one = WatchedApp.start(ledger)) {
            one.conductor.awaitBegin("0001");
            try (WatchedApp other = WatchedApp.start(ledger)) {
                other.scrapeUntil(scrape -> scrape.value("migrate_wait_active_seconds_count") == 1);
                timeline.pass(1, Map.of("one", one.scrape(), "other", other.scrape()));
                one.clock.add(Duration.ofSeconds(30));
                other.clock.add(Duration.ofSeconds(30));
                timeline.pass(1, Map.of("one", one.scrape(), "other", other.scrape()));
                one.conductor.end("0001");
                one.conductor.awaitBegin("0002");
                timeline.pass(1, Map.of("one", one.scrape(), "other", other.scrape()));
                one.conductor.end("0002");
                Scrape done = one.scrapeUntil(scrape -> scrape.value("migrate_pending") == 0);
                Scrape waited = other.scrapeUntil(scrape -> scrape.value("migrate_pending") == 0);
                timeline.pass(15, Map.of("one", done, "other", waited));
            }
        }
        return timeline;
    }

    /**
     * A slow migration, for which another process waits; one that fails, and fails again in the next deployment; and, in
     * other environments, an owner that is lost, and a ledger that does not answer.
     */
    static Timeline bad(Path ledger) throws Exception {
        Timeline timeline = new Timeline();
        slowAndFailing(ledger, timeline);
        failingAgain(ledger, timeline);
        lost(ledger, timeline);
        unreachable(ledger, timeline);
        timeline.pass(5, Map.of());
        return timeline;
    }

    private static void slowAndFailing(Path ledger, Timeline timeline) throws Exception {
        String blue = "--migrate.deployment=blue";
        try (WatchedApp one = WatchedApp.start(ledger, blue)) {
            one.conductor.awaitBegin("0001");
            try (WatchedApp other = WatchedApp.start(ledger, blue)) {
                other.scrapeUntil(scrape -> scrape.value("migrate_wait_active_seconds_count") == 1);
                timeline.pass(4, Map.of("one", one.scrape(), "other", other.scrape()));
                one.clock.add(Duration.ofMinutes(6));
                other.clock.add(Duration.ofMinutes(11));
                timeline.pass(4, Map.of("one", one.scrape(), "other", other.scrape()));
                one.conductor.end("0001");
                one.conductor.fail("0002", new IllegalStateException("no such car"));
                Scrape failed = one.scrapeUntil(Runs::isBlocked);
                Scrape blocked = other.scrapeUntil(Runs::isBlocked);
                timeline.pass(17, Map.of("one", failed, "other", blocked));
            }
        }
    }

    private static void failingAgain(Path ledger, Timeline timeline) throws Exception {
        try (WatchedApp next = WatchedApp.start(ledger, "--migrate.deployment=green")) {
            next.conductor.fail("0002", new IllegalStateException("still no such car"));
            timeline.pass(5, Map.of("next", next.scrapeUntil(Runs::isBlocked)));
        }
    }

    private static void lost(Path ledger, Timeline timeline) throws Exception {
        Path folder = Files.createDirectories(ledger.resolve("thor-dev"));
        Files.writeString(
                folder.resolve("ledger.json"),
                """
                {"format": 1, "environment": "thor-dev", "revision": 2, "nonce": "n", "applied": [],
                 "running": {"id": "0001", "name": "First", "attempt": 1, "token": "lost", "leaseMillis": 1000, "beat": 1,
                             "owner": {"host": "gone", "pid": 1}},
                 "attempts": []}
                """);
        try (WatchedApp heir = WatchedApp.start(ledger, "--migrate.environment=thor-dev")) {
            timeline.pass(20, Map.of("heir", heir.scrapeUntil(Runs::isBlocked)));
        }
    }

    /** Nobody listens on the first port. */
    private static void unreachable(Path ledger, Timeline timeline) throws Exception {
        try (WatchedApp stranded = WatchedApp.start(
                ledger,
                "--migrate.environment=loki-dev",
                "--migrate.ledger=s3://cars-ledger/cars",
                "--migrate.s3.endpoint=http://127.0.0.1:1",
                "--migrate.s3.region=eu-central-1")) {
            Scrape lost = stranded.scrapeUntil(scrape -> scrape.value("migrate_ledger_unreachable") == 1);
            timeline.pass(8, Map.of("stranded", lost));
        }
    }

    /** The gauge is a moment ahead of what ends with the block. */
    private static boolean isBlocked(Scrape scrape) {
        return scrape.value("migrate_blocked") == 1
                && scrape.value("migrate_migration_active_seconds_count") == 0
                && scrape.value("migrate_wait_active_seconds_count") == 0;
    }
}
