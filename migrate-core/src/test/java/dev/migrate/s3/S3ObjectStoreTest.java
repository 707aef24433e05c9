package dev.migrate.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreException;
import dev.migrate.store.StoreUnavailableException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** What each answer of S3 becomes, against a server that gives any answer. */
@Timeout(60)
class S3ObjectStoreTest {

    private static final byte[] CONTENT = {'o', 'n', 'e'};

    private ScriptedS3 s3;
    private S3ObjectStore store;

    @BeforeEach
    void start() throws Exception {
        s3 = new ScriptedS3();
        store = s3.store(Duration.ofSeconds(10));
    }

    @AfterEach
    void onlyTheFourOperationsWereSent() {
        List<String> sent = s3.asked().stream().map(ScriptedS3.Asked::operation).toList();
        store.close();
        s3.close();
        assertThat(sent).isSubsetOf("GetObject", "PutObject", "ListObjectsV2", "DeleteObject");
    }

    @Test
    void sendsAGetAndTakesTheQuotesOffTheETag() {
        s3.then(200, "one", "ETag", "\"0123\"");

        ReadResult.Found found = (ReadResult.Found) store.read("dev/0001");

        assertThat(found.content()).isEqualTo(CONTENT);
        assertThat(found.version()).isEqualTo("0123");
        assertThat(s3.last().method()).isEqualTo("GET");
        assertThat(s3.last().uri()).hasPath("/bucket/team/cars/dev/0001");
        assertThat(s3.last().header("If-none-match")).isNull();
    }

    @Test
    void sendsTheKnownVersionWithoutQuotesAndTakes304ForUnchanged() {
        s3.then(304, "", "ETag", "\"0123\"");

        assertThat(store.readIfChanged("dev/0001", "0123")).isInstanceOf(ReadResult.Unchanged.class);
        assertThat(s3.last().header("If-none-match")).isEqualTo("0123");
    }

    @Test
    void sendsConditionalPutsInOnePiece() {
        s3.then(200, "", "ETag", "\"aa\"").then(200, "", "ETag", "\"bb\"");

        assertThat(store.create("dev/0001", CONTENT)).isEqualTo("aa");
        assertThat(s3.last().header("If-none-match")).isEqualTo("*");
        assertThat(s3.last().header("If-match")).isNull();

        assertThat(store.replace("dev/0001", CONTENT, "aa")).isEqualTo("bb");
        assertThat(s3.last().header("If-match")).isEqualTo("aa");
        assertThat(s3.last().header("If-none-match")).isNull();

        assertThat(s3.asked()).allSatisfy(put -> {
            assertThat(put.method()).isEqualTo("PUT");
            assertThat(put.body()).isEqualTo(CONTENT);
            assertThat(put.header("Content-length")).isEqualTo("3");
            assertThat(put.header("Content-encoding")).isNull();
            assertThat(put.header("Expect")).isNull();
            assertThat(put.headers().keySet())
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .noneMatch(name -> name.contains("trailer") || name.contains("checksum"));
        });
    }

    @Test
    void sendsKeyAndOwnerWhereTheyAreSet() {
        S3ObjectStore other = S3ObjectStore.over(
                ScriptedS3.client(s3.endpoint(), Duration.ofSeconds(10)),
                S3ObjectStore.Settings.parse("s3://bucket")
                        .withKmsKeyId("alias/ledger")
                        .withExpectedBucketOwner("123456789012"));
        s3.then(200, "", "ETag", "\"aa\"");

        other.create("dev/0001", CONTENT);

        assertThat(s3.last().uri()).hasPath("/bucket/dev/0001");
        assertThat(s3.last().header("X-amz-server-side-encryption")).isEqualTo("aws:kms");
        assertThat(s3.last().header("X-amz-server-side-encryption-aws-kms-key-id"))
                .isEqualTo("alias/ledger");
        assertThat(s3.last().header("X-amz-expected-bucket-owner")).isEqualTo("123456789012");
        s3.thenError(403, "AccessDenied");
        assertThat(refused(() -> other.read("dev/0001")).action()).contains("123456789012");
    }

    @Test
    void takesOnlyNoSuchKeyForAbsent() {
        s3.thenError(404, "NoSuchKey");
        assertThat(store.read("dev/0001")).isInstanceOf(ReadResult.Absent.class);

        s3.thenError(404, "NoSuchBucket");
        assertThat(refused(() -> store.read("dev/0001")))
                .hasMessageContaining("Reading s3://bucket/team/cars/dev/0001")
                .hasMessageContaining("the bucket 'bucket' does not exist at 127.0.0.1:");
        s3.then(404, "<html>not here</html>", "Content-Type", "text/html");
        assertThat(refused(() -> store.read("dev/0001"))).hasMessageContaining("404");
        s3.then(404, "");
        refused(() -> store.readIfChanged("dev/0001", "0123"));
    }

    @ParameterizedTest
    @CsvSource({"409, ConditionalRequestConflict", "409, OperationAborted", "412, PreconditionFailed"})
    void takesRefusedConditionsForConflicts(int status, String code) {
        s3.thenError(status, code).thenError(status, code).thenError(status, code);

        conflict(() -> store.create("dev/0001", CONTENT));
        conflict(() -> store.replace("dev/0001", CONTENT, "aa"));
        conflict(() -> store.delete("dev/0001", "aa"));
        assertThat(s3.asked()).hasSize(3);
    }

    @Test
    void takesAbsenceInAReplaceForAConflictButNotThatOfTheBucket() {
        s3.thenError(404, "NoSuchKey").thenError(404, "NoSuchBucket").thenError(404, "NoSuchBucket");

        conflict(() -> store.replace("dev/0001", CONTENT, "aa"));
        refused(() -> store.replace("dev/0001", CONTENT, "aa"));
        refused(() -> store.create("dev/0001", CONTENT));
    }

    @Test
    void explainsWhatAccessDeniedCanMean() {
        s3.thenError(403, "AccessDenied");

        NonTransientStoreException refused = refused(() -> store.read("dev/ledger.json"));

        assertThat(refused).hasMessageContaining("access denied (403 AccessDenied: said S3");
        assertThat(refused.action())
                .contains("s3:GetObject", "s3:PutObject", "s3:ListBucket", "403 for an object that does not exist")
                .contains("kms:Decrypt", "kms:GenerateDataKey");
    }

    @ParameterizedTest
    @CsvSource({"403, InvalidAccessKeyId", "403, SignatureDoesNotMatch", "400, ExpiredToken", "400, InvalidToken"})
    void saysThatCredentialsAreNotValid(int status, String code) {
        s3.thenError(status, code);
        assertThat(refused(() -> store.create("dev/0001", CONTENT)))
                .hasMessageContaining("credentials are not valid")
                .hasMessageContaining(code);
    }

    @Test
    void saysThatTheClockIsWrong() {
        s3.thenError(403, "RequestTimeTooSkewed");
        assertThat(refused(() -> store.read("dev/0001")).action()).contains("clock");
    }

    @Test
    void namesTheRegionOfTheBucketWhereTheAnswerDoes() {
        s3.thenError(301, "PermanentRedirect", "x-amz-bucket-region", "eu-west-3");
        assertThat(refused(() -> store.read("dev/0001")).action()).isEqualTo("Set migrate.s3.region to eu-west-3.");

        s3.then(
                400,
                "<Error><Code>AuthorizationHeaderMalformed</Code><Message>wrong</Message>"
                        + "<Region>eu-north-1</Region></Error>");
        assertThat(refused(() -> store.read("dev/0001"))).hasMessageContaining("which is eu-north-1");

        s3.then(301, "");
        assertThat(refused(() -> store.read("dev/0001")).action()).contains("the bucket's region");
    }

    @ParameterizedTest
    @CsvSource({"405, MethodNotAllowed", "501, NotImplemented"})
    void saysThatTheStoreKnowsNoConditions(int status, String code) {
        s3.thenError(status, code).thenError(status, code);

        assertThat(refused(() -> store.create("dev/0001", CONTENT)))
                .hasMessageContaining("the store does not support conditional writes");
        assertThat(refused(() -> store.replace("dev/0001", CONTENT, "aa")))
                .hasMessageContaining("the store does not support conditional writes");
    }

    @ParameterizedTest
    @CsvSource({
        "500, InternalError",
        "503, SlowDown",
        "503, ServiceUnavailable",
        "429, TooManyRequests",
        "400, RequestTimeout",
        "307, TemporaryRedirect"
    })
    void takesFaultsOfTheServiceForUnavailableAndAsksOnce(int status, String code) {
        s3.thenError(status, code)
                .thenError(status, code)
                .thenError(status, code)
                .thenError(status, code);

        assertThat(unavailable(() -> store.read("dev/0001")))
                .hasMessageContaining("Reading s3://bucket/team/cars/dev/0001: 127.0.0.1:")
                .hasMessageContaining(status + " " + code);
        unavailable(() -> store.create("dev/0001", CONTENT));
        unavailable(() -> store.replace("dev/0001", CONTENT, "aa"));
        unavailable(() -> store.list("dev", 5));
        assertThat(s3.asked()).hasSize(4);
    }

    @Test
    void takesAnAnswerThatIsNoneForUnavailable() {
        s3.thenDrop();
        assertThat(unavailable(() -> store.create("dev/0001", CONTENT)))
                .hasMessageContaining("no usable answer from 127.0.0.1:");
        s3.thenBreakOff(100, "only a part");
        unavailable(() -> store.read("dev/0001"));
        s3.then(500, "\u0000 garbage <<<");
        unavailable(() -> store.read("dev/0001"));
        s3.then(200, "garbage, no XML <<<");
        unavailable(() -> store.list("dev", 5));
        s3.then(200, "one");
        assertThat(unavailable(() -> store.read("dev/0001"))).hasMessageContaining("without an ETag");
        s3.then(200, "");
        assertThat(unavailable(() -> store.create("dev/0001", CONTENT))).hasMessageContaining("without an ETag");
    }

    @Test
    void givesUpOnAServerThatSaysNothing() {
        S3ObjectStore impatient = s3.store(Duration.ofMillis(300));
        s3.thenHang().thenHang();

        assertThat(unavailable(() -> impatient.read("dev/0001"))).hasMessageContaining("gave no answer in time");
        assertThat(unavailable(() -> impatient.create("dev/0001", CONTENT)))
                .hasMessageContaining("gave no answer in time");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void givesUpOnAServerThatSendsAByteNowAndThen() {
        S3ObjectStore impatient = s3.store(Duration.ofMillis(500));
        s3.thenTrickle("ETag", "\"0123\"");

        assertThat(unavailable(() -> impatient.read("dev/ledger.json"))).hasMessageContaining("gave no answer in time");
    }

    @Test
    void readsABigRegisterAndNoObjectThatWouldFillTheMemory() throws Exception {
        String big = "x".repeat(4_000_000);
        s3.then(200, big, "ETag", "\"0123\"");
        assertThat(((ReadResult.Found) store.read("dev/ledger.json")).content()).hasSize(4_000_000);

        s3.thenPromise(GetOperation.MAX_BYTES + 1L, "ETag", "\"0123\"");
        assertThatThrownBy(() -> store.read("dev/ledger.json"))
                .isInstanceOf(NonTransientStoreException.class)
                .hasMessageContaining("the object has 67108865 bytes; at most 67108864 are read");

        var body = AbortableInputStream.create(new ByteArrayInputStream(new byte[100]));
        var bounded = new BoundedContent(10);
        assertThat(bounded.transform(GetObjectResponse.builder().build(), body).asByteArray())
                .as("without a length")
                .hasSize(11);
    }

    @Test
    void whatTheServerSaysForgesNoLineAndTellsNoSecret() {
        s3.then(
                403,
                "<Error><Code>AccessDenied</Code><Message>row&#13;&#10;2026-01-01 INFO forged; token=S3CR3T</Message></Error>");
        assertThatThrownBy(() -> store.read("dev/ledger.json"))
                .isInstanceOf(NonTransientStoreException.class)
                .hasMessageContaining("INFO forged; token=***")
                .hasMessageNotContaining("S3CR3T")
                .message()
                .hasLineCount(1);
    }

    @Test
    void saysThatNobodyListens() {
        S3ObjectStore nowhere = at(URI.create("http://127.0.0.1:1"));

        assertThat(unavailable(() -> nowhere.read("dev/0001"))).hasMessageContaining("127.0.0.1:1 takes no connection");
        assertThat(unavailable(() -> at(URI.create("http://s3.invalid")).read("dev/0001")))
                .hasMessageContaining("the name of the host s3.invalid cannot be resolved");
    }

    @Test
    void keepsTheInterruptOfTheCaller() {
        s3.then(200, "one", "ETag", "\"0123\"");

        Thread.currentThread().interrupt();
        StoreUnavailableException unavailable = unavailable(() -> store.read("dev/0001"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(unavailable).hasMessageContaining("interrupted");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 411, 422})
    void refusesWhateverElseIsTheCallersFault(int status) {
        s3.thenError(status, "SomethingElse");
        assertThat(refused(() -> store.read("dev/0001"))).hasMessageContaining(status + " SomethingElse: said S3");
    }

    @Test
    void listsPageByPageAsFarAsTheLimit() {
        s3.then(200, page(true, 1, 2)).then(200, page(true, 3, 4));

        assertThat(store.list("dev", 3)).containsExactly("0001", "0002", "0003");

        assertThat(s3.asked()).hasSize(2);
        assertThat(s3.asked().get(0).uri().getQuery())
                .contains("list-type=2", "prefix=team/cars/dev/", "delimiter=/", "max-keys=3");
        assertThat(s3.asked().get(1).uri().getQuery()).contains("continuation-token=next");

        s3.then(200, page(false, 1, 2));
        assertThat(store.list("dev", 5000)).hasSize(2);
        assertThat(s3.last().uri().getQuery()).contains("max-keys=1000");
    }

    @Test
    void leavesOutTheObjectThatMarksTheFolderAndNamesTheFoldersInIt() {
        s3.then(
                200,
                "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>team/cars/dev/</Key></Contents>"
                        + "<CommonPrefixes><Prefix>team/cars/dev/deeper/</Prefix></CommonPrefixes></ListBucketResult>");
        assertThat(store.list("dev", 5)).containsExactly("deeper/");
    }

    @Test
    void deletesUnderAConditionAndWithoutOneWhereThatIsNotKnown() {
        s3.then(204, "");
        store.delete("dev/0001", "aa");
        assertThat(s3.last().operation()).isEqualTo("DeleteObject");
        assertThat(s3.last().header("If-match")).isEqualTo("aa");

        s3.thenError(404, "NoSuchKey");
        store.delete("dev/0001", "aa");

        s3.thenError(501, "NotImplemented").then(204, "");
        store.delete("dev/0001", "aa");
        assertThat(s3.last().header("If-match")).isNull();
        assertThat(s3.asked()).hasSize(4).allMatch(request -> request.operation()
                .equals("DeleteObject"));
    }

    @Test
    void sendsNoDeleteButForDelete() {
        s3.thenError(404, "NoSuchKey").then(200, "", "ETag", "\"aa\"").thenError(412, "PreconditionFailed");
        s3.then(304, "").then(200, page(false, 1));
        store.read("dev/0001");
        store.create("dev/0001", CONTENT);
        conflict(() -> store.replace("dev/0001", CONTENT, "bb"));
        store.readIfChanged("dev/0001", "aa");
        store.list("dev", 1);

        assertThat(s3.asked().stream().map(ScriptedS3.Asked::operation))
                .containsExactly("GetObject", "PutObject", "PutObject", "GetObject", "ListObjectsV2");
    }

    @Test
    void namesItsPlace() {
        assertThat(store.describe()).isEqualTo("s3://bucket/team/cars");
    }

    private static String page(boolean more, int... numbers) {
        return "<ListBucketResult><IsTruncated>" + more + "</IsTruncated>"
                + (more ? "<NextContinuationToken>next</NextContinuationToken>" : "")
                + IntStream.of(numbers)
                        .mapToObj(n -> "<Contents><Key>team/cars/dev/000" + n + "</Key></Contents>")
                        .collect(Collectors.joining())
                + "</ListBucketResult>";
    }

    private static S3ObjectStore at(URI endpoint) {
        return S3ObjectStore.over(
                ScriptedS3.client(endpoint, Duration.ofSeconds(10)), S3ObjectStore.Settings.parse("s3://bucket"));
    }

    private static void conflict(ThrowingCallable call) {
        assertThatExceptionOfType(StoreConflictException.class).isThrownBy(call);
    }

    private static NonTransientStoreException refused(ThrowingCallable call) {
        return thrown(NonTransientStoreException.class, call);
    }

    private static StoreUnavailableException unavailable(ThrowingCallable call) {
        return thrown(StoreUnavailableException.class, call);
    }

    private static <T extends StoreException> T thrown(Class<T> type, ThrowingCallable call) {
        T thrown = catchThrowableOfType(type, call);
        assertThat(thrown).isNotNull();
        return thrown;
    }
}
