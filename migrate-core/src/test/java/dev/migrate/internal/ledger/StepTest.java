package dev.migrate.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.internal.store.InMemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows from a step's result. */
class StepTest {

    private final List<String> done = new ArrayList<>();

    private Step<Integer> three() {
        return new Step.StoreCall<>(store -> {
            done.add("call");
            return new Step.Wait<>(Duration.ofSeconds(3), () -> done.size() > 5, () -> {
                done.add("pause");
                return new Step.Done<>(3);
            });
        });
    }

    @Test
    void what_follows_gets_the_result_after_every_step_before_it() {
        Step<String> first = three().then(three -> {
            done.add("then");
            return new Step.Done<>("got " + three);
        });
        assertThat(done).isEmpty();
        Step<String> second = ((Step.StoreCall<String>) first).operation().apply(new InMemoryObjectStore());
        Step.Wait<String> pause = (Step.Wait<String>) second;
        assertThat(pause.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pause.condition().getAsBoolean()).isFalse();
        assertThat(pause.next().get()).isEqualTo(new Step.Done<>("got 3"));
        assertThat(done).containsExactly("call", "pause", "then");
    }

    @Test
    void a_step_can_be_taken_twice() {
        Step<Integer> sum = three().then(three -> three().map(more -> three + more));
        for (int road = 0; road < 2; road++) {
            Step<Integer> step = sum;
            while (!(step instanceof Step.Done<Integer>)) {
                step = step instanceof Step.StoreCall<Integer> call
                        ? call.operation().apply(new InMemoryObjectStore())
                        : ((Step.Wait<Integer>) step).next().get();
            }
            assertThat(((Step.Done<Integer>) step).result()).isEqualTo(6);
        }
        assertThat(done).hasSize(8);
    }
}
