package dev.migrate.s3;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * Skips a test class, and says why, where Docker does not answer or an image is not there and cannot be pulled. Without
 * it Testcontainers would try for minutes and then fail the build.
 */
final class NeedsImage implements ExecutionCondition {

    private static final int MINUTES_TO_PULL = 3;

    private final String image;

    NeedsImage(String image) {
        this.image = image;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String missing;
        try {
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                return ConditionEvaluationResult.disabled("Docker does not answer here");
            }
            missing = missing(DockerClientFactory.instance().client());
        } catch (RuntimeException e) { // what Testcontainers itself needs cannot be had
            missing = e.toString();
        }
        return missing == null
                ? ConditionEvaluationResult.enabled(image + " is there")
                : ConditionEvaluationResult.disabled("the image " + image + " cannot be had: " + missing);
    }

    /** Why there is no image; null when there is. */
    private String missing(DockerClient docker) {
        try {
            docker.inspectImageCmd(image).exec();
            return null;
        } catch (NotFoundException e) {
            return pull(docker);
        }
    }

    private String pull(DockerClient docker) {
        try {
            boolean pulled = docker.pullImageCmd(image).start().awaitCompletion(MINUTES_TO_PULL, TimeUnit.MINUTES);
            return pulled ? null : "it was not there after " + MINUTES_TO_PULL + " minutes";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the pull was interrupted";
        }
    }
}
