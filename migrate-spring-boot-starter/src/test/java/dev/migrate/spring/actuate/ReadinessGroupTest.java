package dev.migrate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.web.GatedApplication;
import dev.migrate.spring.web.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class ReadinessGroupTest {

    private static final String GROUP = "management.endpoint.health.group.readiness.";
    private static final String WARNING = "The readiness group excludes the health contributor 'migrations'";

    private GatedApplication application;

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    private void start(String... properties) {
        application = GatedApplication.start(false, Nothing.class, properties);
    }

    @AfterEach
    void close() {
        application.close();
    }

    private Http.Answer readiness() {
        return Http.get(application.port(), "/actuator/health/readiness");
    }

    @ParameterizedTest
    @CsvSource({"servlet, include[0]=ping", "reactive, include=ping"})
    void migrationsArePartOfTheGroupWhateverItIncludes(String type, String property, CapturedOutput output) {
        start("spring.main.web-application-type=" + type, GROUP + property);
        application.running();
        assertThat(readiness().status()).isEqualTo(503);
        assertThat(readiness().body()).contains("\"migrations\"");
        application.blocked();
        assertThat(readiness().status()).isEqualTo(503);
        application.open();
        assertThat(readiness().status()).isEqualTo(200);
        assertThat(output).doesNotContain(WARNING);
    }

    @Test
    void migrationsArePartOfTheGroupThatSpringBootCreates() {
        start();
        application.blocked();
        assertThat(readiness().body()).contains("\"DOWN\""); // the state of readiness alone is never DOWN
    }

    @Test
    void theGroupKeepsItsAdditionalPath() {
        start(GROUP + "include=ping", GROUP + "additional-path=server:/ready");
        application.running();
        assertThat(Http.get(application.port(), "/ready").status()).isEqualTo(503);
        assertThat(Http.get(application.port(), "/ready").body()).contains("\"migrations\"");
        application.open();
        assertThat(Http.get(application.port(), "/ready").status()).isEqualTo(200);
    }

    @Test
    void anApplicationThatExcludesMigrationsIsWarned(CapturedOutput output) {
        start(
                GROUP + "include=ping,db",
                GROUP + "exclude=db,migrations",
                "management.endpoint.health.validate-group-membership=false");
        application.blocked();
        assertThat(readiness().status()).isEqualTo(200);
        assertThat(output.toString().lines().filter(line -> line.contains("WARN") && line.contains(WARNING)))
                .hasSize(1);
    }
}
