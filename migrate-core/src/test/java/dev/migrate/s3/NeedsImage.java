package dev.migrate.s3;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.migrate.testing.Requirement;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;

/**
 * Skips a test class, and says why, where Docker does not answer or an image is not there and cannot be pulled. Without
 * it Testcontainers would try for minutes and then fail the build. Any other error fails the class.
 */
final class NeedsImage implements ExecutionCondition {

    private static final int MINUTES_TO_PULL = 3;

    private final String image;
    private final Docker docker;

    /** The daemon of this machine. */
    interface Docker {

        /** Whether it answers. */
        boolean answers();

        /**
         * Looks for an image.
         *
         * @throws NotFoundException if it is not there
         */
        void inspect(String image);

        /** Pulls an image. Says whether it did so in time. */
        boolean pull(String image) throws InterruptedException;
    }

    private static final class Daemon implements Docker {

        @Override
        public boolean answers() {
            return DockerClientFactory.instance().isDockerAvailable();
        }

        @Override
        public void inspect(String image) {
            Object unused = DockerClientFactory.instance()
                    .client()
                    .inspectImageCmd(image)
                    .exec();
        }

        @Override
        public boolean pull(String image) throws InterruptedException {
            return DockerClientFactory.instance()
                    .client()
                    .pullImageCmd(image)
                    .start()
                    .awaitCompletion(MINUTES_TO_PULL, TimeUnit.MINUTES);
        }
    }

    NeedsImage(String image) {
        this(image, new Daemon());
    }

    NeedsImage(String image, Docker docker) {
        this.image = image;
        this.docker = docker;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String missing = missing();
        if (missing == null) {
            return ConditionEvaluationResult.enabled(image + " is there");
        }
        if (Requirement.DOCKER.isMandatory()) {
            throw new IllegalStateException(Requirement.DOCKER.mandatory(missing));
        }
        return ConditionEvaluationResult.disabled(Requirement.DOCKER.skipped(missing));
    }

    /** Why there is no image; null when there is. */
    private String missing() {
        try {
            if (!docker.answers()) {
                return "Docker does not answer here";
            }
            docker.inspect(image);
            return null;
        } catch (NotFoundException e) {
            return pull();
        } catch (RuntimeException e) {
            if (isFetch(e)) {
                return "an image that Testcontainers itself needs cannot be had: " + e;
            }
            throw e;
        }
    }

    private String pull() {
        String cannot = "the image " + image + " cannot be had: ";
        try {
            return docker.pull(image) ? null : cannot + "it was not there after " + MINUTES_TO_PULL + " minutes";
        } catch (DockerException | DockerClientException e) { // the daemon's or the registry's answer to the pull
            return cannot + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The pull of " + image + " was interrupted", e);
        }
    }

    private static boolean isFetch(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .anyMatch(ContainerFetchException.class::isInstance);
    }
}
