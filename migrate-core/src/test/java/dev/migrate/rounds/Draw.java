package dev.migrate.rounds;

import dev.migrate.testing.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What is drawn for a round.
 *
 * @param builds the deployments, in the order in which they come; the last one is that of the undisturbed process
 * @param first which builds are started at once
 * @param arrivals when another process of the second build comes, in milliseconds after the start
 * @param replacements which builds take the place of processes that are gone
 * @param misfortunes what happens
 * @param graceMillis how long an action may go on after SIGTERM
 */
record Draw(
        List<Build> builds,
        List<Integer> first,
        List<Integer> arrivals,
        List<Integer> replacements,
        List<Misfortune> misfortunes,
        int graceMillis) {

    /** What happens more often, because it can come to more ends. */
    private static final List<Misfortune.Deed> OFTEN = List.of(
            Misfortune.Deed.KILL,
            Misfortune.Deed.KILL,
            Misfortune.Deed.STOP,
            Misfortune.Deed.STOP,
            Misfortune.Deed.TERM);

    private static final int MOST_REPLACEMENTS = 2;

    Build last() {
        return builds.get(builds.size() - 1);
    }

    /** Draws a round; the deeds and points take turns, so that each comes about in some hundred rounds. */
    static Draw of(long seed, int round) {
        RandomGenerator random = new SplittableRandom(seed * 1_000_003 + round);
        List<Build> builds = builds(random);
        List<Misfortune> misfortunes = misfortunes(random, seed, round);
        // Two processes show most; each one more costs half a second of a processor.
        int processes = 2 + (random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(2));
        List<Integer> first = several(random, processes, 10, 0, 1);
        List<Integer> arrivals = random.nextInt(4) > 0 ? List.of() : List.of(random.nextInt(3000));
        List<Integer> replacements = several(random, random.nextInt(1 + MOST_REPLACEMENTS), 3, 0, 1);
        return new Draw(builds, first, arrivals, replacements, misfortunes, 50 + random.nextInt(400));
    }

    /** Numbers of builds: the other one is drawn once in so many times. */
    private static List<Integer> several(RandomGenerator random, int count, int seldom, int one, int other) {
        List<Integer> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(random.nextInt(seldom) == 0 ? other : one);
        }
        return List.copyOf(drawn);
    }

    private static List<Build> builds(RandomGenerator random) {
        List<Spec> first = new ArrayList<>();
        List<Spec> second = new ArrayList<>();
        List<Spec> last = new ArrayList<>();
        int count = 2 + random.nextInt(3);
        boolean leave = random.nextInt(3) == 0;
        for (int i = 1; i <= count; i++) {
            Spec.Type type = random.nextInt(2) == 0 ? Spec.Type.PLAIN : Spec.Type.values()[1 + random.nextInt(2)];
            int steps = type == Spec.Type.RESUMABLE ? 3 + random.nextInt(4) : 1;
            int millis = (30 + random.nextInt(random.nextInt(4) == 0 ? 1200 : 300)) / (steps > 1 ? 3 : 1);
            int failures = random.nextInt(4) > 0 ? 0 : 1 + random.nextInt(3);
            Spec spec = new Spec("000" + i, type, steps, millis, false);
            first.add(failures > 0 ? spec.failing() : spec);
            second.add(failures > 1 ? spec.failing() : spec);
            Spec declared = leave && type == Spec.Type.PLAIN ? spec.declared(Spec.Type.RERUNNABLE) : spec;
            last.add(failures > 2 ? declared.failing() : declared);
        }
        return List.of(new Build("d1", first), new Build("d2", second), new Build("d3", last));
    }

    private static List<Misfortune> misfortunes(RandomGenerator random, long seed, int round) {
        List<Misfortune.Point> points = Misfortune.points();
        Misfortune.Deed[] deeds = Misfortune.Deed.values();
        int cell = (int) Math.floorMod(round + seed, (long) points.size() * deeds.length);
        Misfortune turn = at(random, deeds[cell % deeds.length], points.get(cell / deeds.length));
        List<Misfortune> drawn = new ArrayList<>();
        if (turn.point().kind() == Kind.READ_RECEIPT) {
            // Nobody looks for a receipt where all goes well.
            drawn.add(new Misfortune(Misfortune.Deed.KILL, Misfortune.Point.RANDOM, 200 + random.nextInt(600), true));
        }
        drawn.add(turn);
        for (int more = random.nextInt(3); more > 0; more--) {
            boolean anyTime = random.nextBoolean();
            drawn.add(at(
                    random,
                    OFTEN.get(random.nextInt(OFTEN.size())),
                    anyTime ? Misfortune.Point.RANDOM : points.get(random.nextInt(points.size()))));
        }
        return List.copyOf(drawn);
    }

    private static Misfortune at(RandomGenerator random, Misfortune.Deed deed, Misfortune.Point point) {
        int nth = point.kind() == null
                ? random.nextInt(1500)
                : 1
                        + switch (point.kind()) {
                            case READ_REGISTER -> random.nextInt(12);
                            case WRITE_REGISTER -> random.nextInt(10);
                            default -> random.nextInt(2);
                        };
        return new Misfortune(deed, point, nth, random.nextInt(point.kind() == null ? 4 : 2) > 0);
    }
}
