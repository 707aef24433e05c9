package dev.migrate.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.migrate.testing.Requirement;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.ContainerFetchException;

/** Which trouble with Docker skips a test, and which fails it. */
class NeedsImageTest {

    private boolean answers = true;
    private RuntimeException onInspect;
    private RuntimeException onPull;
    private boolean pulled = true;

    private final NeedsImage needs = new NeedsImage("some/image:1", new NeedsImage.Docker() {
        @Override
        public boolean answers() {
            return answers;
        }

        @Override
        public void inspect(String image) {
            if (onInspect != null) {
                throw onInspect;
            }
        }

        @Override
        public boolean pull(String image) {
            if (onPull != null) {
                throw onPull;
            }
            return pulled;
        }
    });

    private void isSkipped(String reason) {
        if (Requirement.DOCKER.isMandatory()) {
            assertThatThrownBy(() -> needs.evaluateExecutionCondition(null)).hasMessageContaining(reason);
        } else {
            var result = needs.evaluateExecutionCondition(null);
            assertThat(result.isDisabled()).isTrue();
            assertThat(result.getReason()).get().asString().contains(reason);
        }
    }

    private void runs() {
        assertThat(needs.evaluateExecutionCondition(null).isDisabled()).isFalse();
    }

    @Test
    void an_image_that_is_there_or_can_be_pulled_is_used() {
        runs();
        onInspect = new NotFoundException("no such image");
        runs();
    }

    @Test
    void without_Docker_or_without_the_image_the_test_is_skipped() {
        answers = false;
        isSkipped("Docker does not answer here");
        answers = true;
        onInspect = new NotFoundException("no such image");
        pulled = false;
        isSkipped("it was not there after 3 minutes");
        onPull = new DockerClientException("Could not pull image: no route");
        isSkipped("no route");
        onPull = new InternalServerErrorException("dial tcp: no such host");
        isSkipped("no such host");
        onInspect = new IllegalArgumentException("starting", new ContainerFetchException("no such image: ryuk"));
        isSkipped("an image that Testcontainers itself needs cannot be had");
    }

    @Test
    void any_other_error_fails_the_test() {
        onInspect = new InternalServerErrorException("the daemon is broken");
        assertThatThrownBy(() -> needs.evaluateExecutionCondition(null)).isSameAs(onInspect);
        onInspect = new NullPointerException("a mistake in the test");
        assertThatThrownBy(() -> needs.evaluateExecutionCondition(null)).isSameAs(onInspect);
        onInspect = new NotFoundException("no such image");
        onPull = new IllegalStateException("a mistake in the test");
        assertThatThrownBy(() -> needs.evaluateExecutionCondition(null)).isSameAs(onPull);
    }
}
