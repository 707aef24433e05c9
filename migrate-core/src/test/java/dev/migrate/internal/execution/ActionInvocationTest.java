package dev.migrate.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.listener.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The call of an action, with all sorts of things around it. */
class ActionInvocationTest {

    private static final Attempt ATTEMPT =
            new Attempt(MigrationId.of("0042"), "Made", 3, "t", null, null, null, false, Map.of());

    private final List<String> happened = new ArrayList<>();
    private final Exception failure = new Exception("no such car");

    /** The code around the call. */
    private interface Around {
        void surround(Attempt attempt, MigrationDefinition.ActionCall action) throws Exception;
    }

    private record Surrounded(Around around) implements MigrationDefinition {
        @Override
        public MigrationId id() {
            return ATTEMPT.id();
        }

        @Override
        public String name() {
            return "Made";
        }

        @Override
        public boolean rerunnable() {
            return false;
        }

        @Override
        public String origin() {
            return "test.Made";
        }

        @Override
        public Class<? extends MigrationAction> type() {
            return MigrationAction.class;
        }

        @Override
        public MigrationAction action() {
            throw new UnsupportedOperationException("the call makes it");
        }

        @Override
        public void intercept(Attempt attempt, ActionCall action) throws Exception {
            around.surround(attempt, action);
        }
    }

    private void well(Around around) throws Throwable {
        ActionInvocation.invokeOnce(new Surrounded(around), ATTEMPT, () -> happened.add("action"));
    }

    private void badly(Around around) throws Throwable {
        ActionInvocation.invokeOnce(new Surrounded(around), ATTEMPT, () -> {
            happened.add("action");
            throw failure;
        });
    }

    @Test
    void the_interceptor_wraps_the_action_and_receives_the_attempt() throws Throwable {
        well((attempt, action) -> {
            happened.add("before attempt " + attempt.number());
            action.run();
            happened.add("after");
        });
        assertThat(happened).containsExactly("before attempt 3", "action", "after");
    }

    @Test
    void what_fails_before_the_call_does_not_keep_the_action_from_running() throws Throwable {
        well((attempt, action) -> {
            throw new LinkageError("no tracer");
        });
        assertThat(happened).containsExactly("action");
    }

    @Test
    void an_action_that_is_left_out_runs_all_the_same() throws Throwable {
        well((attempt, action) -> {});
        assertThat(happened).containsExactly("action");
    }

    @Test
    void what_fails_after_the_call_makes_no_failure_of_an_action_that_ended_well() throws Throwable {
        well((attempt, action) -> {
            action.run();
            throw new IllegalStateException("the exporter is gone");
        });
        assertThat(happened).containsExactly("action");
    }

    @Test
    void what_the_action_throws_comes_out_unchanged() {
        assertThatThrownBy(() -> badly((attempt, action) -> action.run())).isSameAs(failure);
        assertThatThrownBy(() -> badly((attempt, action) -> {})).isSameAs(failure);
        assertThat(happened).containsExactly("action", "action");
    }

    @Test
    void what_the_action_throws_counts_though_it_is_swallowed_or_wrapped() {
        assertThatThrownBy(() -> badly((attempt, action) ->
                        happened.add(catchThrowable(action::run).getMessage())))
                .isSameAs(failure);
        assertThatThrownBy(() -> badly((attempt, action) -> {
                    try {
                        action.run();
                    } catch (Exception e) {
                        throw new IllegalArgumentException(e);
                    }
                }))
                .isSameAs(failure);
        assertThat(happened).containsExactly("action", "no such car", "action");
    }

    @Test
    void a_second_call_is_refused() throws Throwable {
        List<Throwable> refused = new ArrayList<>();
        well((attempt, action) -> {
            action.run();
            refused.add(catchThrowable(action::run));
        });
        assertThat(refused).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(happened).containsExactly("action");
    }

    @Test
    void a_call_on_another_thread_is_refused() throws Throwable {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        well((attempt, action) -> {
            Thread other = new Thread(() -> {
                try {
                    action.run();
                    refused.complete(new AssertionError("it ran"));
                } catch (Throwable e) {
                    refused.complete(e);
                }
            });
            other.start();
            other.join(20_000);
            happened.add("after the other thread");
        });
        // Asked out here, since nothing that is thrown around the call comes out.
        assertThat(refused.get(1, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
        assertThat(happened).containsExactly("after the other thread", "action");
    }
}
