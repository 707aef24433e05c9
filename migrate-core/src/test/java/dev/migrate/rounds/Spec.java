package dev.migrate.rounds;

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
record Spec(String id, Type type, int steps, int millis, boolean fails) {

    /** What may follow when an action did not end. */
    enum Type {
        PLAIN,
        RERUNNABLE,
        RESUMABLE;

        boolean restartable() {
            return this != PLAIN;
        }
    }

    Spec declared(Type other) {
        return new Spec(id, other, steps, millis, fails);
    }

    Spec failing() {
        return new Spec(id, type, steps, millis, true);
    }

    static String write(List<Spec> specs) {
        return specs.stream().map(Spec::toString).collect(Collectors.joining(","));
    }

    static List<Spec> parse(String text) {
        return Arrays.stream(text.split(",")).map(Spec::one).toList();
    }

    private static Spec one(String word) {
        String[] parts = word.split(":");
        return new Spec(
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
