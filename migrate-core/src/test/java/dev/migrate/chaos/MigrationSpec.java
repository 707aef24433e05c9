package dev.migrate.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A migration as one build has it, written as a word for the command line of a child.
 *
 * @param id its number
 * @param type what may follow when it did not end
 * @param steps how many steps it takes
 * @param millis how long each of them takes
 * @param fails whether it ends by an exception
 */
record MigrationSpec(String id, Type type, int steps, int millis, boolean fails) {

    /** What may follow when an action did not end. */
    enum Type {
        PLAIN,
        RERUNNABLE,
        RESUMABLE;

        boolean restartable() {
            return this != PLAIN;
        }
    }

    MigrationSpec declared(Type other) {
        return new MigrationSpec(id, other, steps, millis, fails);
    }

    MigrationSpec failing() {
        return new MigrationSpec(id, type, steps, millis, true);
    }

    static String write(List<MigrationSpec> specs) {
        return specs.stream().map(MigrationSpec::toString).collect(Collectors.joining(","));
    }

    static List<MigrationSpec> parse(String text) {
        return Arrays.stream(text.split(",")).map(MigrationSpec::one).toList();
    }

    private static MigrationSpec one(String word) {
        String[] parts = word.split(":");
        return new MigrationSpec(
                parts[0],
                Type.valueOf(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                parts[4].equals("fails"));
    }

    @Override
    public String toString() {
        return String.join(":", id, type.name(), "" + steps, "" + millis, fails ? "fails" : "ends");
    }
}
