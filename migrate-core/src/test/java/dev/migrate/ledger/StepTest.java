package dev.migrate.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.store.InMemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows from a step's result. */
class StepTest {

    private final List<String> done = new ArrayList<>();

    private Step<Integer> three() {
        return new Step.Call<>(store -> {
            done.add("call");
            return new Step.Pause<>(Duration.ofSeconds(3), () -> done.size() > 5, () -> {
                done.add("pause");
                return new Step.End<>(3);
            });
        });
    }

    @Test
    void what_follows_gets_the_result_after_every_step_before_it() {
        Step<String> first = three().then(three -> {
            done.add("then");
            return new Step.End<>("got " + three);
        });
        assertThat(done).isEmpty();
        Step<String> second = ((Step.Call<String>) first).ask().apply(new InMemoryObjectStore());
        Step.Pause<String> pause = (Step.Pause<String>) second;
        assertThat(pause.most()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pause.until().getAsBoolean()).isFalse();
        assertThat(pause.then().get()).isEqualTo(new Step.End<>("got 3"));
        assertThat(done).containsExactly("call", "pause", "then");
    }

    @Test
    void a_step_can_be_taken_twice() {
        Step<Integer> sum = three().then(three -> three().map(more -> three + more));
        for (int road = 0; road < 2; road++) {
            Step<Integer> step = sum;
            while (!(step instanceof Step.End<Integer>)) {
                step = step instanceof Step.Call<Integer> call
                        ? call.ask().apply(new InMemoryObjectStore())
                        : ((Step.Pause<Integer>) step).then().get();
            }
            assertThat(((Step.End<Integer>) step).result()).isEqualTo(6);
        }
        assertThat(done).hasSize(8);
    }
}
