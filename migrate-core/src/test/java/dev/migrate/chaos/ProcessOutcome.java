package dev.migrate.chaos;

import java.util.List;
import java.util.Optional;

/**
 * What became of a process.
 *
 * @param name what it is called in the round
 * @param pid its number
 * @param build what it runs
 * @param startedAt when it was started
 * @param done what was done to it
 * @param output what it printed
 * @param servedAt when it was heard that it serves; null when it never was
 * @param exit its exit code; null while it is alive
 */
record ProcessOutcome(
        String name,
        long pid,
        Build build,
        long startedAt,
        List<AppliedFault> done,
        List<String> output,
        Long servedAt,
        Integer exit) {

    /** The verdict that a process is blocked on. */
    record Blocked(String id, String verdict, String token) {}

    boolean alive() {
        return exit == null;
    }

    boolean met(InjectedFault.Signal signal) {
        return done.stream().anyMatch(one -> one.signal() == signal);
    }

    boolean serves() {
        return exit != null && exit == 0;
    }

    /** Whether it reported how an attempt of a migration ended. */
    boolean reports(String id) {
        return output.stream().anyMatch(line -> line.matches("busy (Applied|AttemptFailed)\\[.*\\bid=" + id + "\\b.*"));
    }

    /** What it is blocked on, if that is the last that it said of itself. */
    Optional<Blocked> blocked() {
        return output.stream()
                .filter(line -> line.startsWith("blocked ") || line.startsWith("busy ") || line.equals("serves"))
                .reduce((earlier, later) -> later)
                .filter(line -> line.startsWith("blocked "))
                .map(line -> line.split(" "))
                .map(words -> new Blocked(words[1], words[2], words[3]));
    }

    @Override
    public String toString() {
        return name + " (" + pid + ", " + build.deployment() + ")";
    }
}
