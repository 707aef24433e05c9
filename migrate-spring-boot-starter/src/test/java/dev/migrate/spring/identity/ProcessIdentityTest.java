package dev.migrate.spring.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.ecs.EcsStub;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;

@ExtendWith(OutputCaptureExtension.class)
class ProcessIdentityTest {

    private EcsStub ecs;

    @BeforeEach
    void start() throws IOException {
        ecs = new EcsStub();
    }

    @AfterEach
    void stop() {
        ecs.close();
    }

    @Test
    void areTheFamilyTheTaskAndTheImageOnEcs() {
        ProcessIdentity here = onEcs(Map.of()).resolve();
        assertThat(here.environment().value()).isEqualTo("odin-dev");
        assertThat(here.owner().task()).isEqualTo(EcsStub.TASK_ARN);
        assertThat(here.owner().host()).isEqualTo("ip-10-0-0-1");
        assertThat(here.owner().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(here.imageDigest()).isEqualTo(EcsStub.DIGEST);
        assertThat(ecs.requests()).containsExactly("/v4/abc/task", "/v4/abc");
    }

    @Test
    void takeTheConfiguredEnvironmentFirstAndTheTaskStill() {
        ProcessIdentity here = onEcs(Map.of("migrate.environment", "thor-prod")).resolve();
        assertThat(here.environment().value()).isEqualTo("thor-prod");
        assertThat(here.owner().task()).isEqualTo(EcsStub.TASK_ARN);
    }

    @Test
    void doNotAskForTheImageWhereTheDeploymentIsConfigured() {
        assertThat(onEcs(Map.of("migrate.deployment", "blue")).resolve().imageDigest())
                .isNull();
        assertThat(ecs.requests()).containsExactly("/v4/abc/task");
    }

    @Test
    void areNotAskedForOutsideEcs() {
        ProcessIdentity here =
                finder(Map.of("migrate.environment", "laptop"), Map.of()).resolve();
        assertThat(here.environment().value()).isEqualTo("laptop");
        assertThat(here.owner().task()).isNull();
        assertThat(here.owner().host()).isNotBlank();
        assertThat(ecs.requests()).isEmpty();
    }

    @Test
    void goOnWithoutTheTaskWhereTheEnvironmentIsConfigured(CapturedOutput output) {
        ecs.failNext(3);
        ProcessIdentity here = onEcs(Map.of("migrate.environment", "odin-dev")).resolve();
        assertThat(here.owner().task()).isNull();
        assertThat(here.imageDigest()).isEqualTo(EcsStub.DIGEST);
        assertThat(output).contains("the ledger will not record the task ARN");
    }

    /** By another kind of name, the same build would pass for a new deployment. */
    @Test
    void failWhereTheImageCannotBeReadAndNoDeploymentIsConfigured() {
        ecs.failNext(6);
        assertThatThrownBy(
                        () -> onEcs(Map.of("migrate.environment", "odin-dev")).resolve())
                .isInstanceOf(MigrateConfigurationException.class)
                .hasMessageContaining("deployment is unknown");
    }

    @Test
    void failWhereNeitherNamesTheEnvironment() {
        ecs.failNext(3);
        assertThatThrownBy(() -> onEcs(Map.of()).resolve())
                .isInstanceOf(MigrateConfigurationException.class)
                .hasMessageContaining("the task metadata of Amazon ECS cannot be read");
        ecs.answerTask("{}");
        assertThatThrownBy(() -> onEcs(Map.of()).resolve()).hasMessageContaining("contains no family");
        ecs.answerTask("{\"Family\":\"../odin\"}");
        assertThatThrownBy(() -> onEcs(Map.of()).resolve())
                .hasMessageContaining("As the family of the ECS task, '../odin' is no name for an environment");
    }

    private ProcessIdentityResolver onEcs(Map<String, String> configuration) {
        return finder(configuration, Map.of("ECS_CONTAINER_METADATA_URI_V4", ecs.uri(), "HOSTNAME", "ip-10-0-0-1"));
    }

    private static ProcessIdentityResolver finder(Map<String, String> configuration, Map<String, Object> variables) {
        var binder = new Binder(new MapConfigurationPropertySource(configuration));
        var sources = new MutablePropertySources();
        sources.addFirst(new MapPropertySource("variables", variables));
        return new ProcessIdentityResolver(
                binder.bindOrCreate("migrate", MigrateProperties.class), new PropertySourcesPropertyResolver(sources));
    }
}
