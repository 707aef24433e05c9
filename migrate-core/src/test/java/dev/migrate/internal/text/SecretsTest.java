package dev.migrate.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line for each form in which a secret comes, and lines that look a little like one. Every secret holds S3CR3T. */
class SecretsTest {

    /** An access key of AWS, as it looks: composed, so that no scanner of sources takes it for a real one. */
    private static final String ACCESS_KEY = "IA" + "S3CR3TS3CR3TXYZA";

    private static final String JWT = "ey" + "JS3CR3ThbGciOiJIUzI1NiJ9.eyJzdWIiOiJTM0NSM1QifQ.S3CR3TsfCkQGy_-9";

    static List<String> secrets() {
        return List.of(
                // Addresses that are signed.
                "GET https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=S3CR3T0f&X-Amz-Date=1",
                "https://b.s3.amazonaws.com/k?X-Amz-Credential=AK" + ACCESS_KEY
                        + "%2F20260101%2Feu%2Fs3%2Faws4_request",
                "https://b.s3.amazonaws.com/k?X-Amz-Security-Token=S3CR3T%2F%2F%2F%2Fx",
                "https://x.blob.core.windows.net/c?sv=2020&sig=S3CR3T%2Bx%3D",
                "url=https%3A%2F%2Fh%2Fk%3FX-Amz-Signature%3DS3CR3T0f%26x%3D1",
                "https://storage.googleapis.com/b/k?GoogleAccessId=a&Expires=1&Signature=S3CR3T%2F",
                // Headers.
                "Authorization: AWS4-HMAC-SHA256 Credential=AK" + ACCESS_KEY
                        + "/20260101/eu/s3/aws4_request, SignedHeaders=host, Signature=S3CR3T",
                "Authorization: Token S3CR3T",
                "Authorization: ApiKey S3CR3T==",
                "Authorization: Negotiate S3CR3T==",
                "Authorization: Digest username=\"bob\", realm=\"r\", response=\"S3CR3T\"",
                "curl -H 'Authorization: Bearer S3CR3T!x' https://h",
                "Proxy-Authorization: Basic S3CR3T==",
                "{Authorization=[Bearer S3CR3T], Accept=[*/*]}",
                "{\"headers\":{\"authorization\":[\"Bearer S3CR3T\",\"Basic S3CR3T\"]}}",
                "Set-Cookie: SID=S3CR3T; Path=/; HttpOnly",
                "Cookie: a=b; JSESSIONID=S3CR3T",
                "x-api-key: S3CR3T!x",
                "refused: Bearer S3CR3T12345678 is no longer valid",
                // By their own form.
                "the token was Bearer " + JWT,
                "cannot read " + JWT + " here",
                "The key AK" + ACCESS_KEY + " does not exist",
                "The key AS" + ACCESS_KEY + " is disabled",
                "AK" + ACCESS_KEY + " S3CR3TwJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPL",
                "AK" + ACCESS_KEY + ":S3CR3T/wJalrXUtnFEMI+K7MDENG/bPxRfiCYEXA",
                "push failed: gh" + "p_S3CR3Tabcdefghijklmnopqrstuvwxyz12",
                "github" + "_pat_S3CR3T11ABCDEFG0abcdefghijkl",
                "slack said no to xo" + "xb-1234567890-S3CR3Tabcdef",
                "gl" + "pat-S3CR3Tabcdefghijkl",
                "stripe sk" + "_live_S3CR3Tabcdefghijkl",
                "xa" + "pp-1-S3CR3Tabcdef",
                "openai said no to s" + "k-S3CR3Tabcdefghijklmnop",
                "ya" + "29.S3CR3Tabcdefghij",
                "np" + "m_S3CR3Tabcdefghijklmnop",
                "S" + "G.S3CR3Tabcdefghijk.S3CR3Tabcdefghijk",
                "py" + "pi-S3CR3Tabcdefghijklmnop",
                "hv" + "s.S3CR3Tabcdefghijklmnop",
                "da" + "piS3CR3Tabcdef0123456789abcdef012345",
                "dck" + "r_pat_S3CR3Tabcdefghij",
                "POST https://outlook.office.com/webhook/S3CR3T@x/IncomingWebhook/y: 404",
                "AI" + "zaS3CR3TabcdefghijklmnopqrstuvwxyzABC",
                "POST https://hooks.slack.com/services/T000/B000/S3CR3T: 404",
                "POST https://discord.com/api/webhooks/123/S3CR3T: 404",
                "POST https://acme.webhook.office.com/webhookb2/S3CR3T@x/IncomingWebhook/y: 404",
                "https://api.telegram.org/bot123:S3CR3T/sendMessage",
                "-----BEGIN RSA PRIVATE KEY-----\nS3CR3T\nS3CR3T\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\\nS3CR3T\\nS3CR3T",
                // User info.
                "jdbc:postgresql://bob:S3CR3T!x@db:5432/cars",
                "https://S3CR3T!x@example.org/x",
                "amqp://u:S3CR3T@S3CR3T@h:5672/v",
                "redis://:S3CR3T/S3CR3T@h:6379",
                "mongodb+srv://u:S3CR3T@h1,h2/db?x=y",
                "jdbc:oracle:thin:u/S3CR3T@//h:1521/s",
                "jdbc:oracle:thin:u/S3CR3T@h:1521:sid",
                // Names and values.
                "login failed: password=S3CR3T!x, user=bob",
                "pass=S3CR3T",
                "db_pass = S3CR3T",
                "passphrase=S3CR3T S3CR3T of many words",
                "password=two S3CR3T words user=bob",
                "password: S3CR3T with blanks",
                "password%3DS3CR3T%26user%3Dbob",
                "aws_secret_access_key = S3CR3T!x",
                "apiKey='S3CR3T!x'",
                "api-key: S3CR3T!x",
                "credential: S3CR3T!x",
                "signature=S3CR3T",
                "session=S3CR3T; a=b",
                "sessionToken => S3CR3T1",
                "Endpoint=sb://h/;SharedAccessKeyName=n;SharedAccessKey=S3CR3T=",
                "AccountKey=S3CR3T/x==;EndpointSuffix=core.windows.net",
                "params[password]=S3CR3T",
                "Field error in object 'user' on field 'password': rejected value [S3CR3T]; codes [a]",
                "--password S3CR3T --user bob",
                "run --api-token=S3CR3T",
                "-Dspring.datasource.password=S3CR3T -Xmx1g",
                // Documents.
                "{\"dbPassword\": \"S3CR3T!x\"}",
                "{\"password\":\"S3CR3T\\\"S3CR3T\",\"user\":\"bob\"}",
                "\"{\\\"password\\\":\\\"S3CR3T\\\",\\\"user\\\":\\\"bob\\\"}\"",
                "{\"secrets\": [\"S3CR3T\", \"S3CR3T\"], \"a\": 1}",
                "{\"name\":\"password\",\"value\":\"S3CR3T\"}",
                "{secret={a=S3CR3T, b=S3CR3T}, c=d}",
                "<password>S3CR3T</password>",
                "<db:password enc=\"no\">S3CR3T</db:password>",
                "<entry key=\"password\">S3CR3T</entry>",
                "<property name=\"password\" value=\"S3CR3T\"/>",
                "password: \"S3CR3T that was cut o",
                // SQL.
                "CREATE USER bob IDENTIFIED BY 'S3CR3T'",
                "ALTER USER bob IDENTIFIED BY S3CR3T",
                "ALTER USER bob IDENTIFIED WITH mysql_native_password BY 'S3CR3T S3CR3T'",
                "CREATE ROLE bob WITH LOGIN PASSWORD 'S3CR3T'");
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void what_looks_like_a_secret_is_masked(String text) {
        String safe = ForeignText.safe(text);
        assertThat(safe).contains("***").doesNotContain("S3CR3T");
        assertThat(ForeignText.safe(safe)).as("masked twice").isEqualTo(safe);
    }

    /** The signs only save time: a text in which the pattern finds something contains one. */
    @Test
    void every_known_secret_is_in_a_line_above_and_has_one_of_its_signs() {
        for (KnownSecret secret : KnownSecret.ALL) {
            List<String> found = secrets().stream()
                    .filter(text -> secret.form().matcher(text).find())
                    .toList();
            assertThat(found).as("lines with %s", secret.form()).isNotEmpty();
            assertThat(found)
                    .allSatisfy(text -> assertThat(secret.signs()).anyMatch(text.toLowerCase(Locale.ROOT)::contains));
        }
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void wherever_a_text_is_cut_no_half_of_a_secret_is_left(String text) {
        String before = "lorem ipsum ".repeat(80);
        for (int longest = before.length(); longest <= before.length() + text.length(); longest++) {
            assertThat(ForeignText.safe(before + text + " and so on", longest))
                    .as("cut at %s", longest - before.length())
                    .doesNotContain("S3CR3T");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token expired",
                "key 0003",
                "Unexpected token: end of file",
                "no such key: cars",
                "row 17: colour is missing, see cars@example.org",
                "java.security.KeyStoreException: keystore not found",
                "com.example.InvalidTokenException: the token is too old",
                "at dev.migrate.internal.execution.ErrorSummary.of(ErrorText.java:23)",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-AbCdEf",
                "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:ecs:eu-central-1:123456789012:task/cars/0123456789abcdef0123456789abcdef",
                "deployment sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "commit 569f223a3150fc7834144970916ece800ecc6f53d",
                "ERROR: duplicate key value violates unique constraint \"cars_pkey\" Detail: Key (id)=(5) already exists.",
                "Duplicate entry '5' for key 'cars.PRIMARY'",
                "jdbc:postgresql://db.example.org:5432/cars",
                "jdbc:oracle:thin:@//db:1521/cars",
                "s3://ledgers/cars/odin-dev/0003",
                "https://registry.example.org:8443/@scope/package",
                "Reading cars/odin-dev/ledger.json: access denied (403 AccessDenied, request 5X2Z)",
                "The security token included in the request is expired",
                "Secrets Manager can't find the specified secret.",
                "3 tests passed: 2 skipped",
                "the passenger: Bob",
                "session: closed by the server",
                "Bearer authentication failed",
                "12:00:03 [main] started",
                "Männer, Ærø, 日本語 and 😀"
            })
    void what_is_harmless_stays_as_it_is(String text) {
        assertThat(ForeignText.safe(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            password=x user=bob                     | password=*** user=bob
            {"password":"x","user":"bob"}           | {"password":***,"user":"bob"}
            <password>x</password><user>bob</user>  | <password>***</password><user>bob</user>
            amqp://u:p@ss@h:5672/v                  | amqp://***@h:5672/v
            https://h/?sig=x&other=1                | https://h/?sig=***&other=1
            https://a/b and https://u:p@h/c         | https://a/b and https://***@h/c
            """)
    void the_text_beside_a_secret_is_kept(String text, String safe) {
        assertThat(ForeignText.safe(text)).isEqualTo(safe);
    }

    /** Counted, not timed: each doubling may double what is looked at, and no more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "key_",
                "key",
                "password",
                "password=",
                "password=a ",
                "password=\"",
                "key=\"key",
                "key=[",
                "key: ab ",
                "token: \\\"",
                "<password ",
                "<password>",
                "--token ",
                "://",
                "jdbc:oracle:a:",
                "a://b@",
                "a://b:c/",
                "@",
                "-----BEGIN A",
                "-----BEGIN A-----",
                "-----END",
                "eyJabcdefgh.",
                "bearer ",
                "Bearer a",
                "identified by ",
                "identified with a",
                "arn:aws:a ",
                "arn:aws:",
                "AKIA",
                "xoxb-",
                "SG.aaaaaaaaaaaaaaaaaa",
                "x",
                " ",
                "Authorization: \"",
                "Authorization: a=\""
            })
    void the_work_grows_as_the_text_does(String part) {
        long less = work(part.repeat(2_000));
        long more = work(part.repeat(8_000));
        assertThat(more).as("four times the text, after %s", less).isLessThan(5 * less + 10_000);
    }

    private static long work(String text) {
        CountedText counted = new CountedText(text);
        KnownSecret.ALL.forEach(secret -> secret.mask(counted));
        UserInfo.mask(counted);
        NamedSecrets.mask(counted);
        return counted.looks();
    }

    @Test
    void a_text_of_any_length_is_looked_at_in_its_beginning_alone() {
        String text = "key_".repeat(1_000_000);
        CountedText counted = new CountedText(Cut.beginning(text, ForeignText.LONGEST));
        NamedSecrets.mask(counted);
        assertThat(counted.length()).isLessThanOrEqualTo(ForeignText.LONGEST);
        assertThat(ForeignText.safe(text)).hasSizeLessThanOrEqualTo(ForeignText.LONGEST);
    }
}
