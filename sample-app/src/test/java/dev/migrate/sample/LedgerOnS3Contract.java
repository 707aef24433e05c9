package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testapp.TestApplication;
import dev.migrate.testapp.Trace;
import dev.migrate.testing.FaultProxy;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What must be true of services whose ledger is in S3, whichever server that is. */
abstract class LedgerOnS3Contract {

    private static final int EIGHT = 8;

    @TempDir
    Path folder;

    /** Every test has a prefix of its own. */
    private final String prefix = "cars-" + UUID.randomUUID();

    private final List<Service> services = new ArrayList<>();
    private Trace trace;
    private S3Client s3;

    /** Where the server listens. */
    abstract URI endpoint();

    /** A bucket that is there. */
    abstract String bucket();

    /** A client to look into the bucket with. The caller closes it. */
    abstract S3Client client();

    @BeforeEach
    void open() {
        s3 = client();
        trace = new Trace(folder.resolve("trace"));
    }

    @AfterEach
    void close() {
        services.forEach(Service::close);
        s3.close();
    }

    @Test
    void the_objects_appear_and_a_start_with_nothing_to_do_sends_one_request() {
        Launch sample = at(Launch.jar().in(folder), endpoint());
        start(sample).awaitReady().terminate();
        assertThat(keys()).containsExactlyInAnyOrder("0001", "0002", "0003", "0004", "ledger.json");

        try (FaultProxy proxy = FaultProxy.to(endpoint())) {
            Service second =
                    start(at(Launch.jar().in(folder), proxy.endpoint())).awaitReady();
            assertThat(second.await("are complete")).contains("0 applied now, 4 found");
            assertThat(second.get("/cars").body()).contains("\"total\":4002");
            assertThat(proxy.requests()).hasSize(1).allSatisfy(seen -> assertThat(seen.method())
                    .isEqualTo("GET"));
        }
    }

    @Test
    void the_commands_work_on_it() {
        Launch sample = at(Launch.jar().in(folder), endpoint());
        Launch.Ended migrate = sample.once("migrate");
        assertThat(migrate.code()).as(migrate.err()).isZero();
        Launch.Ended revert = sample.with("--migrate.confirm=odin-dev").once("revert", "last");
        assertThat(revert.code()).as(revert.err()).isZero();
        assertThat(keys()).containsExactlyInAnyOrder("0001", "0002", "0003", "ledger.json");
        Launch.Ended status = sample.once("status");
        assertThat(status.code()).as(status.err()).isEqualTo(5);
        assertThat(status.out()).contains("ledger s3://" + bucket() + "/" + prefix);
    }

    @Test
    void k_pending_migrations_cost_at_most_two_requests_each_and_two_more() {
        start(test("none")).awaitReady().terminate(); // makes the ledger
        assertThat(keys()).containsExactly("ledger.json");

        try (FaultProxy proxy = FaultProxy.to(endpoint())) {
            Service service = start(at(test("counted"), proxy.endpoint())).awaitReady();
            assertThat(service.await("are complete")).contains("3 applied now");
            assertThat(proxy.requests()).as("k = 3").hasSizeLessThanOrEqualTo(2 * 3 + 2);
        }
        assertThat(trace.lines()).containsExactly("0011", "0012", "0013");
    }

    @Test
    void the_single_status_file_of_odin_covers_all_before_it_and_only_what_follows_runs() throws SQLException {
        put("", ""); // the marker of the folder itself
        put("0002", "0002");
        carsWithPrices();

        Service service = start(at(Launch.jar().in(folder), endpoint())).awaitReady();

        assertThat(service.text())
                .contains("up to 0002 counts as applied; of this build: 0001, 0002.")
                .doesNotContain("0001 CreateCars starts", "0002 PriceCars starts");
        assertThat(service.await("are complete")).contains("2 applied now, 4 found");
        assertThat(service.get("/cars").body()).contains("\"total\":3");
        assertThat(keys()).contains("0003", "0004", "ledger.json");
    }

    @Test
    void names_that_look_like_status_files_block_the_start_until_they_are_moved_away() {
        put("0002.txt", "0002");
        put("0004/", "");
        Service service = start(test("counted"));
        assertThat(service.await("The ledger cannot be used")).contains("'0002.txt', '0004/'", "stamp");
        assertThat(trace.lines()).isEmpty();
        assertThat(service.get("/trace").statusCode()).isEqualTo(503);
        service.terminate();
    }

    @Test
    void eight_processes_together_run_each_migration_once_and_all_serve() {
        List<Service> eight =
                IntStream.range(0, EIGHT).mapToObj(i -> start(test("counted"))).toList();

        eight.forEach(Service::awaitReady);

        assertThat(trace.lines()).containsExactly("0011", "0012", "0013");
        assertThat(eight)
                .allSatisfy(service -> assertThat(service.get("/trace").body()).contains("0013"));
    }

    @Test
    void when_the_owner_of_a_plain_migration_is_killed_the_others_block_and_none_runs_it_again() {
        Launch slow = test("slow").with("--migrate.lease=5s");
        Service owner = start(slow);
        owner.awaitTrue(() -> !trace.lines().isEmpty(), "start of the migration");
        List<Service> others = List.of(start(slow), start(slow));
        others.forEach(other -> other.await("Waiting for"));

        owner.kill();

        assertThat(others).allSatisfy(other -> {
            assertThat(other.awaitBlocked()).contains("0021 Slow", "was interrupted", "MIGRATE_COMMAND='resolve 0021'");
            assertThat(other.status("/trace")).isEqualTo(503);
            assertThat(other.status("/actuator/health/liveness")).isEqualTo(200);
        });
        assertThat(s3.getObjectAsBytes(get -> get.bucket(bucket()).key(key("ledger.json")))
                        .asUtf8String())
                .contains("INTERRUPTED");
        assertThat(trace.lines()).containsExactly("begun");

        put("0021", ""); // the way out that the log tells, for one who found out that it had finished
        others.forEach(Service::awaitReady);
        assertThat(trace.lines()).containsExactly("begun");
    }

    @Test
    void when_the_owner_of_a_rerunnable_migration_is_killed_another_takes_over_and_finishes() {
        Launch slow = test("rerunnable").with("--migrate.lease=5s");
        Service owner = start(slow);
        owner.awaitTrue(() -> !trace.lines().isEmpty(), "start of the migration");
        Service other = start(slow);
        other.await("Waiting for");

        owner.kill();

        other.awaitReady();
        assertThat(trace.lines()).containsExactly("begun", "begun", "done");
        assertThat(keys()).containsExactlyInAnyOrder("0031", "ledger.json");
    }

    private Service start(Launch launch) {
        Service service = launch.start();
        services.add(service);
        return service;
    }

    /** The test application with the migrations of one package. */
    private Launch test(String migrations) {
        Launch launch = Launch.classes(TestApplication.class)
                .with(
                        "--migrate.packages-only=dev.migrate.testapp." + migrations,
                        "--test.trace=" + folder.resolve("trace"));
        return at(launch, endpoint());
    }

    /** The arguments that the README shows. */
    private Launch at(Launch launch, URI endpoint) {
        return launch.with(
                "--migrate.ledger=s3://" + bucket() + "/" + prefix,
                "--migrate.s3.endpoint=" + endpoint,
                "--migrate.environment=odin-dev");
    }

    private String key(String name) {
        return prefix + "/odin-dev/" + name;
    }

    private List<String> keys() {
        return s3.listObjectsV2(list -> list.bucket(bucket()).prefix(prefix + "/")).contents().stream()
                .map(S3Object::key)
                .map(key -> key.substring(key("").length()))
                .toList();
    }

    private void put(String name, String content) {
        s3.putObject(put -> put.bucket(bucket()).key(key(name)), RequestBody.fromString(content));
    }

    /** What ODIN's migrations would have left. */
    private void carsWithPrices() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("cars"), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create table cars (id bigint primary key, brand varchar(40), colour varchar(20),"
                    + " price decimal(9, 2) not null)");
            statement.execute("insert into cars values (1000, 'Iris', 'red', 23590)");
        }
    }
}
