package dev.migrate.internal.protocol;

import dev.migrate.internal.ledger.Step;
import dev.migrate.listener.MigrationReport;
import dev.migrate.store.ReadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A state of a small world that is explored, and what it is made of. */
final class ExploredMoment {

    private ExploredMoment() {}

    /** What may still go wrong on a road, whichever process it happens to. */
    record FaultBudget(int crashes, int lostAnswers, int holdUps) {}

    enum Status {
        ALIVE,
        BLOCKED,
        SERVING,
        REFUSED,
        DEAD;

        boolean goesOn() {
            return this == ALIVE || this == BLOCKED;
        }
    }

    /**
     * One start of an action.
     *
     * @param process by whom
     * @param migration of what
     * @param token the attempt's token
     * @param reverts whether it reverts
     * @param from the checkpoint that it started from
     * @param startedAt when it started
     * @param until when it ends
     * @param end how it ended
     * @param known what the ledger and the log show about it
     */
    record Run(
            int process,
            int migration,
            String token,
            boolean reverts,
            int from,
            long startedAt,
            long until,
            End end,
            Known known) {

        enum End {
            NONE,
            RETURNED,
            THREW,
            KILLED
        }

        /**
         * What is known of a run.
         *
         * @param written the last checkpoint that the register held of it
         * @param takenOver whether another process took its claim over
         * @param reported whether its process has reported how it ended
         */
        record Known(int written, boolean takenOver, boolean reported) {
            @Override
            public String toString() {
                return written + (takenOver ? "t" : "") + (reported ? "r" : "");
            }
        }

        boolean ended() {
            return end != End.NONE;
        }

        boolean threw() {
            return end == End.THREW;
        }

        boolean returned() {
            return end == End.RETURNED;
        }

        /** It saves a checkpoint when it starts, and another when it ends. */
        int saved() {
            return from + (ended() ? 2 : 1);
        }

        Run ends(End how) {
            return new Run(process, migration, token, reverts, from, startedAt, until, how, known);
        }

        Run with(Known now) {
            return new Run(process, migration, token, reverts, from, startedAt, until, end, now);
        }

        @Override
        public String toString() {
            return "p" + process + (reverts ? " reverts " : " runs ") + migration + "/" + from + " " + startedAt + "-"
                    + until + " " + end + known;
        }
    }

    /**
     * A process in a state of the world. The step is immutable; its past decides all that it knows.
     *
     * @param wroteAt when a write of the register by this process was last done
     */
    record Process(
            Step<MigrationReport> step,
            long wakeAt,
            long heldUntil,
            Status status,
            String past,
            int texts,
            long wroteAt) {}

    record World(
            long now,
            TreeMap<String, ReadResult.Found> objects,
            long changedAt,
            List<Process> processes,
            List<Run> runs,
            FaultBudget left) {

        World with(int p, Process process, FaultBudget less) {
            List<Process> others = new ArrayList<>(processes);
            others.set(p, process);
            return new World(now, objects, changedAt, others, runs, less);
        }

        World with(List<Run> after) {
            return new World(now, objects, changedAt, processes, after, left);
        }
    }
}
