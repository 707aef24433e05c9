package dev.migrate.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.MigrationId;
import dev.migrate.spring.discovery.MigrationMetadata;
import dev.migrate.spring.fixtures.component.ComponentMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationsVerifierTest {

    /** What the fixture "basic" declares. */
    private static final List<String> BASIC = List.of(
            "00001 First *", "0002 a name of its own odin-*,thor-prod", "0003 ThirdOfThor thor-prod", "0010 Tenth *");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void prepare() {
        System.clearProperty(MigrationsVerifier.UPDATE); // a whole build may be run with it
        file = folder.resolve("resources/migrations.txt");
    }

    @AfterEach
    void stopUpdating() {
        System.clearProperty(MigrationsVerifier.UPDATE);
    }

    @Test
    void what_is_in_order_passes_and_its_gaps_are_information() {
        assertThatCode(() -> verifier("basic").check()).doesNotThrowAnyException();
        assertThat(verifier("basic").notes()).containsExactly("No migration has a number between 0003 and 0010.");
        assertThatCode(() -> verifier("conditional").check()).doesNotThrowAnyException();
        assertThat(verifier("conditional").notes()).isEmpty();
        assertThatCode(() -> verifier("beanmethods").check()).doesNotThrowAnyException();
        assertThatCode(() -> MigrationsVerifier.of(ComponentMigration.class).check())
                .doesNotThrowAnyException();
    }

    @Test
    void two_with_one_number_are_named_where_an_environment_has_both() {
        String failure = failure(verifier("twins"));
        assertThat(failure)
                .contains("number 00003 in one environment", "Twins$BackfillColours (odin-*)")
                .contains("Twins$BackfillPrices (odin-dev)", "the next free number, 0006")
                .contains("Twins$OneOfFreya (freya-dev) and", "Twins$OtherOfFreya (freya-dev)")
                .doesNotContain("OnThor", "OnLoki");
        assertThat(failure.lines().filter(line -> line.startsWith("* "))).hasSize(2);
    }

    @Test
    void packages_are_looked_at_together_and_methods_count_too() {
        String failure = failure(MigrationsVerifier.of(fixture("basic"), fixture("loose")));
        assertThat(failure)
                .contains("number 0010", "BasicMigrations$Tenth (every environment)", "LooseMethods.tenthToo()")
                .contains("LooseMethods.noBean() would never be found")
                .contains("LooseMethods.runnable() returns java.lang.Runnable");
        assertThat(failure.lines().filter(line -> line.startsWith("* "))).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "odin-dev, odin-dev, true",
        "odin-dev, odin-prod, false",
        "odin-*, odin-dev, true",
        "odin-dev, odin-*, true",
        "odin-*, odin-dev-*, true",
        "odin-dev-*, odin-*, true",
        "odin-*, thor-*, false",
        "odin-*, thor-dev, false",
        "thor-dev, odin-*, false",
        "*, thor-dev, true",
        "'', thor-dev, true",
        "thor-dev, '', true",
        "'', '', true",
        "'thor-dev,odin-*', 'loki-dev,odin-prod', true",
        "'thor-dev,odin-*', 'loki-dev,freya-*', false",
    })
    void declarations_meet_where_one_environment_has_both(String one, String other, boolean meet) {
        assertThat(declared(one).overlaps(declared(other))).isEqualTo(meet);
    }

    @Test
    void malformed_numbers_are_named_of_classes_and_methods() {
        assertThat(failure(verifier("malformed")))
                .contains("MalformedMigrations$TooShort would be skipped: '3' is not a sequence number")
                .contains("MalformedMigrations$NoNumber would be skipped: 'V0004'")
                .contains("MalformedMigrations.emptyNumber() would be skipped: ''")
                .doesNotContain("WellFormed");
    }

    @Test
    void what_cannot_be_a_migration_is_named() {
        assertThat(failure(verifier("noaction")))
                .contains("NoActions$Plain does not implement MigrationAction")
                .contains("NoActions$Contract is abstract")
                .contains("NoActions$Unfinished is abstract")
                .contains("NoActions$Inner is an inner class");
        assertThat(failure(verifier("constructors")))
                .contains("Constructors$Two has 2 constructors")
                .doesNotContain("Unserved");
        assertThat(failure(verifier("injected"))).contains("Injected$Field has @Autowired on");
        assertThat(failure(verifier("impossible")))
                .contains("declares the environment '*-prod'", "declares the environment '${env}'")
                .doesNotContain("'odin-dev'");
    }

    @Test
    void a_scan_that_finds_nothing_fails() {
        assertThat(failure(verifier("nowhere"))).contains("fixtures.nowhere", "No migration was found");
        assertThatThrownBy(MigrationsVerifier::of).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MigrationsVerifier.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_snapshot_that_is_not_there_is_asked_for_and_made_by_an_update() throws IOException {
        assertThat(failure(withSnapshot()))
                .contains(file.toString(), "'0010 Tenth *'", "-Dmigrate.snapshot.update=true");
        assertThat(file).doesNotExist();

        System.setProperty(MigrationsVerifier.UPDATE, "true");
        withSnapshot().check();
        System.clearProperty(MigrationsVerifier.UPDATE);

        assertThat(Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")))
                .containsExactlyElementsOf(BASIC);
        assertThat(Files.readAllLines(file).get(0)).startsWith("# ");
        assertThatCode(() -> withSnapshot().check()).doesNotThrowAnyException();
    }

    @Test
    void an_update_adds_at_the_end_and_leaves_the_rest_as_it_is() throws IOException {
        snapshot("# ours", "", "0002  a name of its own   odin-*,thor-prod", "0005 Gone *", BASIC.get(3), BASIC.get(0));
        assertThat(failure(withSnapshot()))
                .contains("does not have '0003 ThirdOfThor thor-prod'. After all other faults are fixed");

        System.setProperty(MigrationsVerifier.UPDATE, "true");
        withSnapshot().check();

        assertThat(file)
                .content()
                .isEqualToNormalizingNewlines(String.join(
                        "\n",
                        "# ours",
                        "",
                        "0002  a name of its own   odin-*,thor-prod",
                        "0005 Gone *",
                        BASIC.get(3),
                        BASIC.get(0),
                        BASIC.get(2),
                        ""));
        assertThat(withSnapshot().notes())
                .containsExactly(
                        "No migration has a number between 0003 and 0005, between 0005 and 0010.",
                        "The snapshot has '0005 Gone *', whose class was removed. This is fine if it is applied"
                                + " everywhere; its number stays in use.");
    }

    @Test
    void an_update_that_has_nothing_new_leaves_the_file_alone_and_a_line_may_stand_twice() throws IOException {
        Files.createDirectories(file.getParent());
        String text = String.join("\r\n", BASIC) + "\r\n" + BASIC.get(3);
        Files.writeString(file, text);

        System.setProperty(MigrationsVerifier.UPDATE, "true");
        withSnapshot().check();

        assertThat(Files.readString(file)).isEqualTo(text);
        assertThat(withSnapshot().notes()).containsExactly("No migration has a number between 0003 and 0010.");
    }

    @Test
    void other_environments_take_the_place_of_those_in_the_snapshot_by_an_update() throws IOException {
        snapshot(BASIC.get(0), BASIC.get(1), "0003 ThirdOfThor *", BASIC.get(3));
        assertThat(failure(withSnapshot()))
                .contains("does not have '0003 ThirdOfThor thor-prod'. After all other faults are fixed");

        System.setProperty(MigrationsVerifier.UPDATE, "true");
        withSnapshot().check();

        assertThat(Files.readAllLines(file)).isEqualTo(BASIC);
    }

    @Test
    void a_renamed_class_is_told_its_old_name_and_no_update_hides_it() throws IOException {
        String[] before = {BASIC.get(0), BASIC.get(1), "0010 LastOne odin-dev"};
        snapshot(before);
        System.setProperty(MigrationsVerifier.UPDATE, "true");
        assertThat(failure(withSnapshot()))
                .contains("BasicMigrations$Tenth is 0010 Tenth, but in the snapshot that number is LastOne")
                .contains("name = \"LastOne\"", "next free number, 0011", "'0010 Tenth *' in place of the line '0010 L")
                .contains("does not have '0003 ThirdOfThor thor-prod'");
        assertThat(Files.readAllLines(file)).containsExactly(before);
    }

    @Test
    void one_number_of_two_environments_is_no_new_name() throws IOException {
        snapshot(BASIC.get(0), BASIC.get(1), "0003 OfLoki loki-dev", BASIC.get(3));
        assertThat(failure(withSnapshot()))
                .contains("does not have '0003 ThirdOfThor thor-prod'. After all other faults are fixed")
                .doesNotContain("in the snapshot that number is");

        snapshot(BASIC.get(0), BASIC.get(1), "0003 OfLoki loki-dev", BASIC.get(2), BASIC.get(3));
        assertThatCode(() -> withSnapshot().check()).doesNotThrowAnyException();
        assertThat(withSnapshot().notes()).hasSize(2).anyMatch(note -> note.contains("'0003 OfLoki loki-dev'"));
    }

    @Test
    void a_renumbered_class_is_told_its_old_number() throws IOException {
        snapshot(BASIC.get(0), BASIC.get(1), "0004 ThirdOfThor thor-prod", BASIC.get(3));
        assertThat(failure(withSnapshot()))
                .contains("BasicMigrations$ThirdOfThor has the number 0003, but in the snapshot ThirdOfThor has the"
                        + " number 0004");
    }

    @Test
    void two_that_changed_their_numbers_are_both_told() throws IOException {
        snapshot("0010 First *", BASIC.get(1), BASIC.get(2), "0001 Tenth *");
        assertThat(failure(withSnapshot()))
                .contains("BasicMigrations$First has the number 00001", "BasicMigrations$Tenth has the number 0010")
                .doesNotContain("does not have");
    }

    @Test
    void the_traces_of_a_merge_are_no_migrations() throws IOException {
        snapshot(BASIC.get(0), BASIC.get(1), BASIC.get(2), "<<<<<<< HEAD", BASIC.get(3));
        assertThat(failure(withSnapshot())).contains(file.toString(), "the line '<<<<<<< HEAD'");
    }

    @Test
    void an_environment_variable_asks_for_an_update_too() {
        assertThat(MigrationsVerifier.isUpdateRequested(Map.of("MIGRATE_SNAPSHOT_UPDATE", "true")::get))
                .isTrue();
        assertThat(MigrationsVerifier.isUpdateRequested(Map.<String, String>of()::get))
                .isFalse();
    }

    private static MigrationMetadata declared(String environments) {
        return new MigrationMetadata(
                MigrationId.of("0001"),
                "Name",
                environments.isEmpty() ? List.of() : List.of(environments.split(",")),
                false,
                "here");
    }

    private void snapshot(String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    private MigrationsVerifier withSnapshot() {
        return verifier("basic").withSnapshot(file);
    }

    private static MigrationsVerifier verifier(String fixture) {
        return MigrationsVerifier.of(fixture(fixture));
    }

    private static String fixture(String name) {
        return "dev.migrate.spring.fixtures." + name;
    }

    private static String failure(MigrationsVerifier verifier) {
        return catchThrowableOfType(AssertionError.class, verifier::check).getMessage();
    }
}
