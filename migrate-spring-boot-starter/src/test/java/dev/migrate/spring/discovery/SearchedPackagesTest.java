package dev.migrate.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.ExecutedActions;
import dev.migrate.spring.fixtures.scanbase.app.ExcludingApp;
import dev.migrate.spring.fixtures.scanbase.app.ScanBaseApp;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SearchedPackagesTest {

    private static final String FIXTURES = "dev.migrate.spring.fixtures.";
    private static final String NO_LIMIT = "--migrate.packages-only=";

    @TempDir
    Path ledger;

    @BeforeEach
    void clear() {
        ExecutedActions.clear();
    }

    @Test
    void followsTheBasePackagesOfTheComponentScan() {
        run(ScanBaseApp.class, NO_LIMIT);
        assertThat(ExecutedActions.names()).containsExactly("Moved", "Excludable");
    }

    @Test
    void followsAClassAndAPlaceholderAndLeavesOutWhatTheFiltersExclude() {
        run(ExcludingApp.class, NO_LIMIT, "--scanned.package=" + FIXTURES + "scanbase.more");
        assertThat(ExecutedActions.names()).containsExactly("Moved", "More");
    }

    @Test
    void addsConfiguredPackages() {
        run(ScanBaseApp.class, NO_LIMIT, "--migrate.packages=" + FIXTURES + "scanbase.more");
        assertThat(ExecutedActions.names()).containsExactly("Moved", "Excludable", "More");
    }

    @Test
    void findsAnExcludedClassInAConfiguredPackage() {
        run(ExcludingApp.class, NO_LIMIT, "--migrate.packages=" + FIXTURES + "scanbase.moved");
        assertThat(ExecutedActions.names()).containsExactly("Moved", "Excludable");
    }

    @Test
    void limitsTheSearchToTheConfiguredPackages() {
        run(ScanBaseApp.class, NO_LIMIT + FIXTURES + "impossible");
        assertThat(ExecutedActions.names()).containsExactly("ImpossibleEnvironment");
    }

    @Test
    void warnsWhereNothingIsFoundAndNamesThePackagesWithAnEmptyLedgerToo(CapturedOutput output) {
        run(ScanBaseApp.class, NO_LIMIT + "nowhere,anywhere");
        assertThat(output).containsPattern("WARN.*No migration was found.*Packages searched: nowhere, anywhere\\.");
    }

    private void run(Class<?> application, String... arguments) {
        new TestApplications(ledger)
                .run(new Class<?>[] {application}, "nothing", arguments)
                .close();
    }
}
