package dev.migrate.spring.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.util.StringUtils;

/** Tells one build from another: a failed migration is tried again by a different one alone. */
public final class DeploymentResolver {

    private DeploymentResolver() {}

    /** The deployment by the first source that knows it; null when none does. */
    public static @Nullable String resolve(
            @Nullable String configured,
            @Nullable String imageDigest,
            @Nullable BuildProperties build,
            @Nullable GitProperties git) {
        if (StringUtils.hasText(configured)) {
            return configured;
        }
        if (imageDigest != null) {
            return imageDigest;
        }
        String built = build == null ? null : ofBuild(build.getVersion(), build.getTime());
        if (built != null) {
            return built;
        }
        return git == null ? null : git.getCommitId();
    }

    /** Without a time of building, two builds of a snapshot have the same version. */
    private static @Nullable String ofBuild(@Nullable String version, @Nullable Instant time) {
        if (time != null) {
            return (version == null ? "built" : version) + " " + time;
        }
        return version == null || version.endsWith("-SNAPSHOT") ? null : version;
    }
}
