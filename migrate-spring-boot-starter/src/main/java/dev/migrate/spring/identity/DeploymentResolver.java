package dev.migrate.spring.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.util.StringUtils;

/** Resolves the deployment, which identifies a build. Only another deployment retries a failed migration. */
public final class DeploymentResolver {

    private DeploymentResolver() {}

    /**
     * Returns the configured deployment, else the image digest, else build or git properties; null if none is known.
     */
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

    /** Two builds of a snapshot differ only in their build time. */
    private static @Nullable String ofBuild(@Nullable String version, @Nullable Instant time) {
        if (time != null) {
            return (version == null ? "built" : version) + " " + time;
        }
        return version == null || version.endsWith("-SNAPSHOT") ? null : version;
    }
}
