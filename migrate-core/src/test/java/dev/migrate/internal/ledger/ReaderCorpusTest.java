package dev.migrate.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that were written by hand, and each that was ever found to break a promise: what is a register, what is refused,
 * what is a receipt, and what counts as one though it tells nothing. A fuzzer begins with them too.
 */
class ReaderCorpusTest {

    private static List<Path> files(String folder) throws IOException, URISyntaxException {
        Path corpus = Path.of(Objects.requireNonNull(ReaderCorpusTest.class.getResource("corpus"))
                .toURI());
        try (Stream<Path> files = Files.list(corpus.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    static List<Path> registers() throws Exception {
        return files("register");
    }

    static List<Path> refused() throws Exception {
        return files("refused");
    }

    static List<Path> receipts() throws Exception {
        return files("receipt");
    }

    static List<Path> anything() throws Exception {
        return files("anything");
    }

    @ParameterizedTest
    @MethodSource("registers")
    void is_a_register_that_can_be_written_and_read_again_with_all_that_follows(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        assertThat(ReaderProperties.isRegister(content)).isTrue();
        ReaderProperties.receipt(content);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void is_no_register_and_refused_with_a_short_message(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        assertThat(ReaderProperties.isRegister(content)).isFalse();
        ReaderProperties.receipt(content);
    }

    @ParameterizedTest
    @MethodSource("receipts")
    void is_a_receipt_that_names_its_attempt(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        ReaderProperties.check(content);
        assertThat(LedgerJson.readReceipt(ReaderProperties.RECEIPT, content)
                        .attempt()
                        .token())
                .isEqualTo("t");
    }

    @ParameterizedTest
    @MethodSource("anything")
    void counts_as_a_receipt_without_details(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        ReaderProperties.check(content);
        assertThat(LedgerJson.readReceipt(ReaderProperties.RECEIPT, content)
                        .attempt()
                        .token())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[[{\"a\":[", "\"", "\u00e9", "9"})
    void what_goes_on_without_end_is_refused(String again) {
        byte[] content = again.repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
        assertThat(ReaderProperties.isRegister(content)).isFalse();
        ReaderProperties.receipt(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10_000_000})
    void a_text_may_be_of_any_length(int length) {
        String json = "{\"format\": 1, \"environment\": \"odin-dev\", \"nonce\": \"n\", \"applied\": [], \"attempts\":"
                + " [], \"future\": \"" + "\u00e9".repeat(length) + "\"}";
        assertThat(ReaderProperties.isRegister(json.getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-environment.json", "later-format.json", "tombstone.json", "applied-twice.json"})
    void what_is_refused_says_why(String name) throws Exception {
        Path file = refused().stream()
                .filter(path -> path.endsWith(name))
                .findFirst()
                .orElseThrow();
        byte[] content = Files.readAllBytes(file);
        assertThatThrownBy(() -> LedgerJson.read(content, ReaderProperties.DEV, "s3://cars/odin-dev/ledger.json"))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith("s3://cars/odin-dev/ledger.json ")
                .hasMessageContaining(
                        switch (name) {
                            case "another-environment.json" -> "'odin-prod', not of 'odin-dev'";
                            case "later-format.json" -> "format 2";
                            case "tombstone.json" -> "the store ignores conditional writes";
                            default -> "00002 is applied twice";
                        });
    }
}
