package dev.migrate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.store.ObjectStore;
import dev.migrate.testing.S3MockServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Rounds of real processes. {@code -Prounds -Drounds=N} says how many, {@code -Dseed=S} what is drawn, {@code -Dround=R}
 * that it is that one round alone. Processes do not run the same way twice: a seed brings back what is drawn, not when
 * each thing happens.
 *
 * <p>They run against S3Mock, and every other one against a Ceph gateway where {@code MIGRATE_TEST_CEPH_ENDPOINT} names
 * one.
 */
class ProcessRoundsIT {

    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final long SEED = Long.getLong("seed", new Random().nextInt(1_000_000));
    private static final Integer ONLY = Integer.getInteger("round");
    /** Most of a round is waiting for leases. */
    private static final int AT_A_TIME =
            Integer.getInteger("rounds.parallel", 3 * Runtime.getRuntime().availableProcessors());

    private static final long LEASE_MILLIS = Long.getLong("rounds.lease", 1000);
    private static final int ENOUGH_FOR_ALL = 200;
    private static final int ENOUGH_FAILURES = 3;
    /** How many more rounds there may be until a fault comes about: each draws one, and some come too late. */
    private static final int MOST_MORE = 10;

    private static final long MOST_SECONDS_A_ROUND = 120;
    private static final String CEPH_BUCKET = "migrate-rounds";

    private final Queue<Round.Result> results = new ConcurrentLinkedQueue<>();

    @TempDir
    Path folder;

    @Test
    void no_round_breaks_a_promise() throws Exception {
        long begun = System.nanoTime();
        assertThat(ROUNDS).as("-Drounds, the number of rounds").isPositive();
        System.out.println(ROUNDS + " rounds of seed " + SEED + ", " + AT_A_TIME + " at a time");
        List<ObjectStore> open = new ArrayList<>();
        try (S3MockServer mock = S3MockServer.start()) {
            String run = "rounds-" + System.currentTimeMillis();
            Jvms jvms = Jvms.in(Files.createDirectories(folder.resolve("jvms")));
            List<Server> servers = new ArrayList<>();
            servers.add(new Server("S3Mock", mock.endpoint(), "s3://" + S3MockServer.BUCKET + "/" + run, true));
            jvms.archive(first(servers.get(0)));
            String ceph = System.getenv("MIGRATE_TEST_CEPH_ENDPOINT");
            if (ceph != null && !ceph.isBlank()) {
                createBucket(URI.create(ceph));
                servers.add(new Server("Ceph", URI.create(ceph), "s3://" + CEPH_BUCKET + "/" + run, false));
            }
            List<Round.Setting> settings = new ArrayList<>();
            for (Server server : servers) {
                ObjectStore store = server.store();
                open.add(store);
                settings.add(new Round.Setting(server, store, jvms, folder, LEASE_MILLIS));
            }
            run(settings);
        } finally {
            open.forEach(ObjectStore::close);
        }
        report((System.nanoTime() - begun) / 1_000_000_000);
    }

    private App.Order first(Server server) {
        List<MigrationSpec> migrations = List.of(
                new MigrationSpec("0001", MigrationSpec.Type.RESUMABLE, 2, 50, false),
                new MigrationSpec("0002", MigrationSpec.Type.PLAIN, 1, 50, false));
        return new App.Order(
                server.endpoint(),
                server.ledger(),
                "first",
                "d1",
                LEASE_MILLIS,
                0,
                folder.resolve("first"),
                migrations);
    }

    private void run(List<Round.Setting> settings) throws Exception {
        IntStream numbers = ONLY != null ? IntStream.of(ONLY) : IntStream.range(0, ROUNDS);
        List<Callable<Void>> rounds = numbers.<Callable<Void>>mapToObj(number -> () -> {
                    if (failures().size() < ENOUGH_FAILURES) {
                        results.add(new Round(SEED, number, settings.get(number % settings.size())).run());
                    }
                    return null;
                })
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            long most = MOST_SECONDS_A_ROUND * (1 + ROUNDS / AT_A_TIME);
            for (Future<Void> round : threads.invokeAll(rounds, most, TimeUnit.SECONDS)) {
                Void unused = round.get();
            }
        } finally {
            threads.shutdownNow();
        }
        for (int number = ROUNDS; ONLY == null && nothingHappened() && number < ROUNDS + MOST_MORE; number++) {
            results.add(new Round(SEED, number, settings.get(number % settings.size())).run());
        }
    }

    private boolean nothingHappened() {
        return results.stream().allMatch(result -> result.happened().isEmpty());
    }

    private List<Round.Result> failures() {
        return results.stream().filter(result -> !result.violations().isEmpty()).toList();
    }

    private void report(long seconds) {
        FaultMatrix table = new FaultMatrix(results);
        results.forEach(result -> System.out.println("round " + result.number() + " " + result.millis() + " ms"));
        System.out.println(results.size() + " rounds of seed " + SEED + " in " + seconds + " s\n" + table);
        (ONLY == null ? failures() : results).forEach(ProcessRoundsIT::tell);
        assertThat(failures().stream().map(round -> "round " + round.number() + ": " + round.violations()))
                .as("seed %s", SEED)
                .isEmpty();
        assertThat(results).as("the rounds that ran").hasSizeGreaterThanOrEqualTo(ONLY == null ? ROUNDS : 1);
        assertThat(ONLY == null && nothingHappened()).as("no fault came about").isFalse();
        results.forEach(ProcessRoundsIT::assertNotVacuous);
        if (ONLY == null) {
            assertThat(results.stream().filter(ProcessRoundsIT::ranSomething).count())
                    .as("rounds in which an action ran, of %s", results.size())
                    .isGreaterThan(results.size() / 2 - 1);
        }
        if (results.size() >= ENOUGH_FOR_ALL) {
            assertThat(table.missing()).as("what no round came to").isEmpty();
        }
    }

    /**
     * In a few rounds not every fault has its turn; but each has several processes, and comes to an end. An action
     * runs in each, unless its process was ended between its claim and its start, and the claim was taken over.
     */
    private static void assertNotVacuous(Round.Result round) {
        RoundHistory history = round.history();
        assertThat(history.processes())
                .as("processes of round %s", round.number())
                .hasSizeGreaterThan(2);
        boolean endedBeforeItsAction = history.ledger().halted() != null
                && history.execution(history.ledger().halted().token()).isEmpty();
        assertThat(ranSomething(round) || endedBeforeItsAction)
                .as("round %s: an action ran, or its claim was taken over before it did", round.number())
                .isTrue();
        assertThat(history.executions())
                .as("each applied migration has run, round %s", round.number())
                .hasSizeGreaterThanOrEqualTo(history.ledger().applied().size());
        boolean settled = history.ledger().halted() != null
                || history.ledger().applied().size()
                        == round.draw().last().migrations().size();
        assertThat(settled)
                .as("all is applied or a verdict stands, round %s", round.number())
                .isTrue();
    }

    private static boolean ranSomething(Round.Result round) {
        return !round.history().executions().isEmpty();
    }

    private static void tell(Round.Result round) {
        System.out.println("-Dseed=" + SEED + " -Dround=" + round.number() + " draws this again: " + round.draw());
        round.timeline().forEach(System.out::println);
        round.history().lines().forEach(System.out::println);
        System.out.println(round.history().ledger());
        round.violations().forEach(System.out::println);
    }

    private static void createBucket(URI endpoint) {
        try (S3Client client = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "testsecret")))
                .build()) {
            client.createBucket(create -> create.bucket(CEPH_BUCKET));
        }
    }
}
