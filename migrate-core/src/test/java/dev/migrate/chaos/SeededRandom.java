package dev.migrate.chaos;

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
record SeededRandom(
        List<Build> builds,
        List<Integer> first,
        List<Integer> arrivals,
        List<Integer> replacements,
        List<InjectedFault> misfortunes,
        int graceMillis) {

    /** What happens more often, because it can come to more ends. */
    private static final List<InjectedFault.Deed> OFTEN = List.of(
            InjectedFault.Deed.KILL,
            InjectedFault.Deed.KILL,
            InjectedFault.Deed.STOP,
            InjectedFault.Deed.STOP,
            InjectedFault.Deed.TERM);

    private static final int MOST_REPLACEMENTS = 2;

    Build last() {
        return builds.get(builds.size() - 1);
    }

    /** Draws a round; the deeds and points take turns, so that each comes about in some hundred rounds. */
    static SeededRandom of(long seed, int round) {
        RandomGenerator random = new SplittableRandom(seed * 1_000_003 + round);
        List<Build> builds = builds(random);
        List<InjectedFault> misfortunes = misfortunes(random, seed, round);
        // Two processes show most; each one more costs half a second of a processor.
        int processes = 2 + (random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(2));
        List<Integer> first = several(random, processes, 10, 0, 1);
        List<Integer> arrivals = random.nextInt(4) > 0 ? List.of() : List.of(random.nextInt(3000));
        List<Integer> replacements = several(random, random.nextInt(1 + MOST_REPLACEMENTS), 3, 0, 1);
        return new SeededRandom(builds, first, arrivals, replacements, misfortunes, 50 + random.nextInt(400));
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
        List<ProcessSpec> first = new ArrayList<>();
        List<ProcessSpec> second = new ArrayList<>();
        List<ProcessSpec> last = new ArrayList<>();
        int count = 2 + random.nextInt(3);
        boolean leave = random.nextInt(3) == 0;
        for (int i = 1; i <= count; i++) {
            ProcessSpec.Type type =
                    random.nextInt(2) == 0 ? ProcessSpec.Type.PLAIN : ProcessSpec.Type.values()[1 + random.nextInt(2)];
            int steps = type == ProcessSpec.Type.RESUMABLE ? 3 + random.nextInt(4) : 1;
            int millis = (30 + random.nextInt(random.nextInt(4) == 0 ? 1200 : 300)) / (steps > 1 ? 3 : 1);
            int failures = random.nextInt(4) > 0 ? 0 : 1 + random.nextInt(3);
            ProcessSpec spec = new ProcessSpec("000" + i, type, steps, millis, false);
            first.add(failures > 0 ? spec.failing() : spec);
            second.add(failures > 1 ? spec.failing() : spec);
            ProcessSpec declared =
                    leave && type == ProcessSpec.Type.PLAIN ? spec.declared(ProcessSpec.Type.RERUNNABLE) : spec;
            last.add(failures > 2 ? declared.failing() : declared);
        }
        return List.of(new Build("d1", first), new Build("d2", second), new Build("d3", last));
    }

    private static List<InjectedFault> misfortunes(RandomGenerator random, long seed, int round) {
        List<InjectedFault.Point> points = InjectedFault.points();
        InjectedFault.Deed[] deeds = InjectedFault.Deed.values();
        int cell = (int) Math.floorMod(round + seed, (long) points.size() * deeds.length);
        InjectedFault turn = at(random, deeds[cell % deeds.length], points.get(cell / deeds.length));
        List<InjectedFault> drawn = new ArrayList<>();
        if (turn.point().kind() == Kind.READ_RECEIPT) {
            // Nobody looks for a receipt where all goes well.
            drawn.add(new InjectedFault(
                    InjectedFault.Deed.KILL, InjectedFault.Point.RANDOM, 200 + random.nextInt(600), true));
        }
        drawn.add(turn);
        for (int more = random.nextInt(3); more > 0; more--) {
            boolean anyTime = random.nextBoolean();
            drawn.add(at(
                    random,
                    OFTEN.get(random.nextInt(OFTEN.size())),
                    anyTime ? InjectedFault.Point.RANDOM : points.get(random.nextInt(points.size()))));
        }
        return List.copyOf(drawn);
    }

    private static InjectedFault at(RandomGenerator random, InjectedFault.Deed deed, InjectedFault.Point point) {
        int nth = point.kind() == null
                ? random.nextInt(1500)
                : 1
                        + switch (point.kind()) {
                            case READ_REGISTER -> random.nextInt(12);
                            case WRITE_REGISTER -> random.nextInt(10);
                            default -> random.nextInt(2);
                        };
        return new InjectedFault(deed, point, nth, random.nextInt(point.kind() == null ? 4 : 2) > 0);
    }
}
