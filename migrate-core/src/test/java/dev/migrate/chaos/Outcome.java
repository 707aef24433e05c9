package dev.migrate.chaos;

import java.util.List;
import java.util.Optional;

/**
 * What became of a process.
 *
 * @param name what it is called in the round
 * @param pid its number
 * @param build what it runs
 * @param bornAt when it was started
 * @param done what was done to it
 * @param said what it printed
 * @param servedAt when it was heard that it serves; null when it never was
 * @param exit its exit code; null while it is alive
 */
record Outcome(
        String name,
        long pid,
        Build build,
        long bornAt,
        List<Done> done,
        List<String> said,
        Long servedAt,
        Integer exit) {

    /**
     * Something that was done to it.
     *
     * @param deed what
     * @param random whether at a random moment; otherwise while it waited for an answer
     * @param at from when
     * @param until until when, for a process that was frozen; {@link Long#MAX_VALUE} while it is
     */
    record Done(InjectedFault.Deed deed, boolean random, long at, long until) {
        Done until(long end) {
            return new Done(deed, random, at, end);
        }
    }

    /** The verdict that a process is blocked on. */
    record Blocked(String id, String verdict, String token) {}

    boolean alive() {
        return exit == null;
    }

    boolean met(InjectedFault.Deed deed) {
        return done.stream().anyMatch(one -> one.deed() == deed);
    }

    boolean serves() {
        return exit != null && exit == 0;
    }

    /** Whether it reported how an attempt of a migration ended. */
    boolean reports(String id) {
        return said.stream().anyMatch(line -> line.matches("busy (Applied|AttemptFailed)\\[.*\\bid=" + id + "\\b.*"));
    }

    /** What it is blocked on, if that is the last that it said of itself. */
    Optional<Blocked> blocked() {
        return said.stream()
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
