package dev.migrate.internal.protocol;

import dev.migrate.listener.Attempt;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The state that is being left, changed in place while one process takes one step. */
final class ExplorationMoment {

    private final ExplorationJudge judge;
    long now;
    int process;
    TreeMap<String, ReadResult.Found> objects = new TreeMap<>();
    List<ExploredMoment.Process> processes = List.of();
    List<ExploredMoment.Run> runs = new ArrayList<>();
    int texts;
    long wroteAt;
    String seen = "";
    boolean blocked;
    boolean loseAnswer;
    boolean answerLost;

    ExplorationMoment(ExplorationJudge judge) {
        this.judge = judge;
    }

    void enter(ExploredMoment.World world, int p) {
        now = world.now();
        process = p;
        objects = new TreeMap<>(world.objects());
        processes = world.processes();
        runs = new ArrayList<>(world.runs());
        texts = processes.get(p).texts();
        wroteAt = processes.get(p).wroteAt();
        seen = "";
        blocked = false;
        answerLost = false;
    }

    <A> A answer(String what, A answer, String observed) {
        if (loseAnswer && !answerLost) {
            answerLost = true;
            seen += what + " lost";
            throw new StoreUnavailableException(what + ": answer lost", null);
        }
        seen += what + observed;
        return answer;
    }

    void put(String key, ReadResult.Found content) {
        ReadResult.Found before = objects.put(key, content);
        if (key.equals(Exploration.REGISTER)) {
            judge.written(this, before, content);
            wroteAt = now;
        }
    }

    /** Notes something of the run of an attempt, if there is one. */
    void note(Attempt attempt, UnaryOperator<ExploredMoment.Run.Known> change) {
        runs.replaceAll(run -> attempt.hasToken(run.token()) ? run.with(change.apply(run.known())) : run);
    }
}
