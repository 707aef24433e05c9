package dev.migrate.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.ChildJvm;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.PlainApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Import;

/** An action that ends the process itself: nothing waits for it, and the ledger has its verdict. */
class ExitInActionTest {

    private static final int CODE = 7;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration BOUNDED = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"--migrate.start=runner", "--migrate.start=early", "--migrate.mode=once", "--test.hook=false"})
    void systemExitEndsTheProcessAtOnceWithItsCodeAndTheActionHasFailed(String how) throws Exception {
        try (var child = start("exit", how)) {
            child.await("exiting: begun");
            assertThat(child.exitCode(SOON)).isEqualTo(CODE);
            assertThat(child.output()).doesNotContain("Application run failed");
        }
        assertThat(ledger())
                .contains("\"FAILED\"")
                .contains("The action called System.exit at ")
                .contains("ExitingMigration.migrate(ExitingMigration.java:");
        assertThat(folder.resolve("ledger/odin-dev/0001")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--migrate.start=runner", "--test.hook=false"})
    void springApplicationExitEndsTheProcessAtOnceAndTheActionIsInterrupted(String how) throws Exception {
        try (var child = start("spring", how)) {
            child.await("exiting: begun");
            // The main thread ends with code 1 as soon as the context is closed; the action calls System.exit after
            // that.
            assertThat(child.exitCode(SOON)).isIn(CODE, 1);
        }
        assertThat(ledger()).contains("\"INTERRUPTED\"").contains("the process was shut down");
    }

    /** Such a thread says nothing of the action, which may return yet. */
    @Test
    void anExitOnAnotherThreadLeavesTheActionItsGrace() throws Exception {
        try (var child = start("thread", "--migrate.shutdown-grace=300ms")) {
            child.await("exiting: begun");
            child.await("has 300 ms to finish");
            assertThat(child.exitCode(BOUNDED)).isEqualTo(CODE);
        }
        assertThat(ledger()).contains("\"INTERRUPTED\"");
    }

    @Test
    void anExitWhileTheProcessEndsAnywayIsNoticedToo() throws Exception {
        Path until = folder.resolve("until");
        try (var child = start("in-grace", "--exit.until=" + until)) {
            child.await("exiting: begun");
            child.terminate();
            child.await("has 25000 ms to finish");
            Files.createFile(until);
            assertThat(child.exitCode(SOON)).isEqualTo(128 + 15);
        }
        assertThat(ledger()).contains("\"FAILED\"").contains("The action called System.exit at ");
    }

    /** A halt runs no hook, so it is a crash: the claim stands until its lease has run out. */
    @Test
    void aHaltLeavesTheClaim() throws Exception {
        try (var child = start("halt", "--migrate.start=runner")) {
            child.await("exiting: begun");
            assertThat(child.exitCode(SOON)).isEqualTo(CODE);
        }
        assertThat(ledger()).contains("\"running\": {").doesNotContain("\"FAILED\"", "\"INTERRUPTED\"");
    }

    private String ledger() throws IOException {
        return Files.readString(folder.resolve("ledger/odin-dev/ledger.json"));
    }

    private ChildJvm start(String way, String how) throws IOException {
        String[] all = new TestApplications(folder.resolve("ledger")).arguments("exiting", "--exit.way=" + way, how);
        return new ChildJvm(List.of(), Child.class, all);
    }

    /** An application that may do without the hook of Spring. */
    @Import(PlainApp.class)
    public static class Child {

        public static void main(String[] arguments) {
            var application = new SpringApplication(Child.class);
            application.setDefaultProperties(Map.of("server.port", "0", "server.address", "127.0.0.1"));
            application.setRegisterShutdownHook(!List.of(arguments).contains("--test.hook=false"));
            application.run(arguments);
        }
    }
}
