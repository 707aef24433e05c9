package dev.migrate.spring.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;

class DeploymentResolverTest {

    private static final String TIME = "2026-11-20T08:00:00Z";

    @Test
    void takesTheFirstSourceThatKnows() {
        BuildProperties build = build("1.2", TIME);
        GitProperties git = git("0123456789abcdef");
        assertThat(DeploymentResolver.resolve("blue", "sha256:1", build, git)).isEqualTo("blue");
        assertThat(DeploymentResolver.resolve(" ", "sha256:1", build, git)).isEqualTo("sha256:1");
        assertThat(DeploymentResolver.resolve(null, null, build, git)).isEqualTo("1.2 " + TIME);
        assertThat(DeploymentResolver.resolve(null, null, null, git)).isEqualTo("0123456789abcdef");
        assertThat(DeploymentResolver.resolve(null, null, null, null)).isNull();
    }

    @Test
    void takesNoVersionThatTwoBuildsMayShare() {
        assertThat(DeploymentResolver.resolve(null, null, build("1.2", null), null))
                .isEqualTo("1.2");
        assertThat(DeploymentResolver.resolve(null, null, build("1.2-SNAPSHOT", null), null))
                .isNull();
        assertThat(DeploymentResolver.resolve(null, null, build("1.2-SNAPSHOT", null), git("abc")))
                .isEqualTo("abc");
        assertThat(DeploymentResolver.resolve(null, null, build("1.2-SNAPSHOT", TIME), null))
                .isEqualTo("1.2-SNAPSHOT " + TIME);
    }

    private static BuildProperties build(String version, String time) {
        Properties entries = new Properties();
        entries.setProperty("version", version);
        if (time != null) {
            entries.setProperty("time", time);
        }
        return new BuildProperties(entries);
    }

    private static GitProperties git(String commit) {
        Properties entries = new Properties();
        entries.setProperty("commit.id", commit);
        return new GitProperties(entries);
    }
}
