package dev.migrate.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Holds the policies in {@code docs/iam.md} against what the store really sends. */
class IamPolicyTest {

    private static final Path PAGE = Path.of("..", "docs", "iam.md");
    private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    /** What S3 asks for, with its sources on the page. A condition with an ETag takes the right to read. */
    private static final Map<String, List<String>> ACTIONS = Map.of(
            "GetObject", List.of("s3:GetObject", "s3:ListBucket"),
            "PutObject", List.of("s3:PutObject"),
            "PutObject If-Match", List.of("s3:PutObject", "s3:GetObject"),
            "DeleteObject If-Match", List.of("s3:DeleteObject", "s3:GetObject"),
            "ListObjectsV2", List.of("s3:ListBucket"));

    /** One action on one object, or on the bucket with a prefix. */
    private record Need(String action, String resource, String prefix) {}

    @Test
    void allowsEveryRequestOfTheStoreAndNoActionThatNoneNeeds() throws Exception {
        List<JsonObject> statements = statements();
        List<Need> needs = everythingTheStoreSends();

        assertThat(needs).isNotEmpty().allSatisfy(need -> assertThat(statements)
                .as("statements that allow %s", need)
                .anyMatch(statement -> allows(statement, need)));
        assertThat(new TreeSet<>(
                        statements.stream().flatMap(s -> texts(s.get("Action"))).toList()))
                .isEqualTo(new TreeSet<>(needs.stream().map(Need::action).toList()));
    }

    @Test
    void allowsNothingOutsideThePrefixOfTheEnvironment() throws Exception {
        List<Need> strange = List.of(
                new Need("s3:GetObject", "arn:aws:s3:::my-ledgers/other/0001", null),
                new Need("s3:PutObject", "arn:aws:s3:::my-ledgers/cars-2/0001", null),
                new Need("s3:ListBucket", "arn:aws:s3:::my-ledgers", "other/dev/"),
                new Need("s3:ListBucket", "arn:aws:s3:::my-ledgers", ""),
                new Need("s3:GetObject", "arn:aws:s3:::my-ledgers/cars/odin-prod/ledger.json", null),
                new Need("s3:PutObject", "arn:aws:s3:::my-ledgers/cars/odin-dev-2/0001", null),
                new Need("s3:PutObject", "arn:aws:s3:::my-ledgers/cars/ledger.json", null),
                new Need("s3:DeleteObject", "arn:aws:s3:::my-ledgers/cars/odin-prod/0001", null),
                new Need("s3:ListBucket", "arn:aws:s3:::my-ledgers", "cars/"),
                new Need("s3:ListBucket", "arn:aws:s3:::my-ledgers", "cars/odin-prod/"),
                new Need("s3:DeleteObject", "arn:aws:s3:::elsewhere/cars/0001", null));

        assertThat(strange).allSatisfy(need -> assertThat(statements()).noneMatch(s -> allows(s, need)));
    }

    @Test
    void keepsTheRightToDeleteInAStatementThatCanBeLeftOut() throws Exception {
        assertThat(statements())
                .filteredOn(statement -> texts(statement.get("Action")).anyMatch("s3:DeleteObject"::equals))
                .singleElement()
                .satisfies(
                        statement -> assertThat(texts(statement.get("Action"))).hasSize(1));
    }

    @Test
    void namesTheTwoRightsToAKey() throws Exception {
        assertThat(texts(blocks().get(1).get("Action")))
                .containsExactlyInAnyOrder("kms:Decrypt", "kms:GenerateDataKey");
    }

    private static List<Need> everythingTheStoreSends() throws Exception {
        try (ScriptedS3 s3 = new ScriptedS3();
                S3ObjectStore store = S3ObjectStore.over(
                        ScriptedS3.client(s3.endpoint(), Duration.ofSeconds(10)),
                        S3ObjectStore.Settings.parse("s3://my-ledgers/cars"))) {
            s3.thenError(404, "NoSuchKey").then(304, "");
            s3.then(200, "", "ETag", "\"aa\"").then(200, "", "ETag", "\"bb\"");
            s3.then(200, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>")
                    .then(204, "");
            store.read("odin-dev/ledger.json");
            store.readIfChanged("odin-dev/ledger.json", "aa");
            store.create("odin-dev/0001", new byte[1]);
            store.replace("odin-dev/ledger.json", new byte[1], "aa");
            store.list("odin-dev", 5);
            store.delete("odin-dev/0001", "aa");
            return s3.asked().stream().flatMap(IamPolicyTest::needs).toList();
        }
    }

    private static Stream<Need> needs(ScriptedS3.Asked request) {
        String condition = request.header("If-match") == null ? "" : " If-Match";
        List<String> actions = ACTIONS.get(request.operation() + condition);
        assertThat(actions)
                .as("what S3 asks for in %s %s", request.method(), request.uri())
                .isNotNull();
        String path = request.uri().getPath().substring(1);
        String bucket = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        // For an absent key S3 looks at the right to list with the key as the prefix.
        String prefix = request.operation().equals("ListObjectsV2")
                ? query(request.uri(), "prefix")
                : path.substring(path.indexOf('/') + 1);
        return actions.stream()
                .map(action -> action.equals("s3:ListBucket")
                        ? new Need(action, "arn:aws:s3:::" + bucket, prefix)
                        : new Need(action, "arn:aws:s3:::" + path, null));
    }

    private static boolean allows(JsonObject statement, Need need) {
        return statement.get("Effect").getAsString().equals("Allow")
                && texts(statement.get("Action")).anyMatch(need.action()::equals)
                && texts(statement.get("Resource")).anyMatch(like(need.resource()))
                && holds(statement, need);
    }

    private static boolean holds(JsonObject statement, Need need) {
        if (!statement.has("Condition")) {
            return true;
        }
        JsonObject condition = statement.getAsJsonObject("Condition");
        assertThat(condition.keySet()).containsExactly("StringLike");
        JsonObject like = condition.getAsJsonObject("StringLike");
        assertThat(like.keySet()).containsExactly("s3:prefix");
        return need.prefix() != null && texts(like.get("s3:prefix")).anyMatch(like(need.prefix()));
    }

    private static Predicate<String> like(String value) {
        return pattern -> value.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }

    private static Stream<String> texts(JsonElement oneOrMore) {
        return oneOrMore instanceof JsonArray many
                ? StreamSupport.stream(many.spliterator(), false).map(JsonElement::getAsString)
                : Stream.of(oneOrMore.getAsString());
    }

    private static String query(URI uri, String name) {
        return Stream.of(uri.getRawQuery().split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    private static List<JsonObject> statements() throws Exception {
        JsonArray statements = blocks().get(0).getAsJsonArray("Statement");
        return StreamSupport.stream(statements.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static List<JsonObject> blocks() throws Exception {
        List<JsonObject> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            blocks.add(JsonParser.parseString(block.group(1)).getAsJsonObject());
        }
        return blocks;
    }
}
