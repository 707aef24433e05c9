package dev.migrate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WrongConfigurationTest {

    @TempDir
    Path ledger;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--migrate.environment= | migrate.environment is not set | MIGRATE_ENVIRONMENT",
                "--migrate.environment=../odin | '../odin' is no name for an environment | Set migrate.environment",
                "--migrate.ledger= | migrate.ledger is not set | Set migrate.ledger to s3://bucket/prefix",
                "--migrate.ledger=redis://user:pass@host | has the scheme 'redis' | Set migrate.ledger to s3://",
                "--migrate.ledger=data/ledger | 'data/ledger', which has no scheme | Set migrate.ledger to s3://",
                "--migrate.ledger=s3:// | migrate.ledger is wrong | Set migrate.ledger to s3://",
                "--migrate.ledger=file: | 'file:' names no folder | Set migrate.ledger to s3://",
                "--migrate.ledger=file://host/folder | names a host | Set migrate.ledger to s3://",
                "--migrate.lease=20ms | migrate.lease is 20ms, which is out of range | from 1s to 1h",
                "--migrate.lease=2h | migrate.lease is 7200000ms, which is out of range | from 1s to 1h",
                "--migrate.shutdown-grace=-1s | migrate.shutdown-grace is -1000ms, which is negative | to 0s or more",
                "--migrate.s3.endpoint=localhost:9000 | migrate.s3.endpoint is 'localhost:9000' | http://localhost:9000",
                "--migrate.s3.endpoint=http://user:pass@host | migrate.s3.endpoint contains user information | Leave it out",
                "--migrate.s3.endpoint=http://user:pass@host@host | migrate.s3.endpoint contains user information | Leave it",
                "--migrate.s3.endpoint=ftp://host/?token=pass@host | token=***' | Set migrate.s3.endpoint to a URI",
                "--migrate.ledger=s3://user:pass@host/cars | it holds user information | Set migrate.ledger to s3://",
                "--migrate.ledger=file://user:pass@host/cars | names a host | Set migrate.ledger to s3://",
                "--migrate.start=late | migrate.start | Update your application's configuration",
            })
    void failsTheStartAndSaysWhatToDo(String argument, String description, String action, CapturedOutput output) {
        assertThatThrownBy(() -> new TestApplications(ledger).run("basic", argument))
                .satisfies(e -> {
                    if (!argument.contains("late")) {
                        assertThat(exitCode(e)).isEqualTo(2);
                    }
                });
        assertThat(output.toString().replaceAll("\\s+", " "))
                .contains("APPLICATION FAILED TO START")
                .contains(description)
                .contains(action)
                .doesNotContain("pass@host");
    }

    @Test
    void failsWithTheSameCodeWhereTheCodeIsWrong(CapturedOutput output) {
        assertThatThrownBy(() -> new TestApplications(ledger).run("twins"))
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(2));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Give the one that no environment has applied yet the next free number.");
    }

    private static int exitCode(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ExitCodeGenerator generator) {
                return generator.getExitCode();
            }
        }
        return 0;
    }
}
