package dev.migrate.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreException;
import dev.migrate.testing.Fault;
import dev.migrate.testing.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;

/** A connection that breaks in an answer, after each of its bytes: a part is never taken for the whole. */
@Timeout(60)
class BrokenAnswersTest {

    private static final String LISTING = "<ListBucketResult><Name>bucket</Name><KeyCount>2</KeyCount>"
            + "<IsTruncated>false</IsTruncated><Contents><Key>cars/dev/0001</Key></Contents>"
            + "<Contents><Key>cars/dev/0002</Key></Contents></ListBucketResult>";

    /** More than any of the answers has. */
    private static final int LONGEST = 450;

    private ScriptedS3 s3;
    private FaultProxy proxy;
    private S3Client client;
    private ObjectStore store;

    @BeforeEach
    void open() throws Exception {
        s3 = new ScriptedS3();
        proxy = FaultProxy.to(s3.endpoint());
        client = ScriptedS3.client(proxy.endpoint(), Duration.ofSeconds(20));
        store = S3ObjectStore.over(client, S3ObjectStore.Settings.parse("s3://bucket/cars"));
    }

    @AfterEach
    void close() {
        client.close();
        proxy.close();
        s3.close();
    }

    @Test
    void of_a_register_never_a_part() {
        List<Object> told = toldOfEachPart(
                () -> s3.then(200, "the register", "ETag", "\"0123\""),
                store -> new String(
                        ((ReadResult.Found) store.read("dev/ledger.json")).content(), StandardCharsets.UTF_8));
        assertThat(told).containsOnly("the register");
    }

    @Test
    void of_a_receipt_that_is_empty_never_a_part() {
        List<Object> told = toldOfEachPart(
                () -> s3.then(200, "", "ETag", "\"0123\""),
                store -> ((ReadResult.Found) store.read("dev/0001")).content().length);
        assertThat(told).containsOnly(0);
    }

    @Test
    void of_a_list_of_receipts_never_a_part_nor_nothing() {
        List<Object> told = toldOfEachPart(() -> s3.then(200, LISTING), store -> store.list("dev", 10));
        assertThat(told).containsOnly(List.of("0001", "0002"));
    }

    @Test
    void no_object_is_missing_because_a_part_of_an_answer_is() {
        List<Object> told = toldOfEachPart(
                () -> s3.thenError(404, "NoSuchKey"),
                store -> store.read("dev/0001").getClass().getSimpleName());
        assertThat(told).containsOnly("Absent");
    }

    @Test
    void no_object_is_unchanged_because_a_part_of_an_answer_says_so() {
        List<Object> told = toldOfEachPart(
                () -> s3.then(304, ""),
                store -> store.readIfChanged("dev/0001", "0123").getClass().getSimpleName());
        assertThat(told).containsOnly("Unchanged");
    }

    @Test
    void a_write_is_done_when_the_answer_says_so_and_lost_when_it_says_so() {
        assertThat(toldOfEachPart(
                        () -> s3.then(200, "", "ETag", "\"0123\""),
                        store -> store.create("dev/0001", new byte[] {1}).isEmpty()))
                .containsOnly(false);
        assertThat(toldOfEachPart(() -> s3.thenError(412, "PreconditionFailed"), store -> {
                    try {
                        return store.create("dev/0001", new byte[] {1});
                    } catch (StoreConflictException e) {
                        return "lost";
                    }
                }))
                .containsOnly("lost");
    }

    /** What a call came to for each part of its answer for which it did not throw; the last one is the whole. */
    private List<Object> toldOfEachPart(Runnable script, Function<ObjectStore, Object> call) {
        List<Object> told = new ArrayList<>();
        for (int bytes = 0; bytes <= LONGEST; bytes++) {
            proxy.mend();
            proxy.on(seen -> true, Fault.brokenAnswer(bytes));
            s3.forget();
            script.run();
            script.run(); // the JDK sends a GET once more that got no answer
            try {
                told.add(call.apply(store));
            } catch (StoreException e) {
                assertThat(bytes).as(e.toString()).isLessThan(LONGEST);
            }
        }
        return told;
    }
}
