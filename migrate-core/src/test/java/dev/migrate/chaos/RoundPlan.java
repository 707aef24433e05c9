package dev.migrate.chaos;

import dev.migrate.testing.RequestKind;
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
 * @param faults what happens
 * @param graceMillis how long an action may go on after SIGTERM
 */
record RoundPlan(
        List<Build> builds,
        List<Integer> first,
        List<Integer> arrivals,
        List<Integer> replacements,
        List<InjectedFault> faults,
        int graceMillis) {

    /** What happens more often, because it can come to more ends. */
    private static final List<InjectedFault.Signal> OFTEN = List.of(
            InjectedFault.Signal.KILL,
            InjectedFault.Signal.KILL,
            InjectedFault.Signal.STOP,
            InjectedFault.Signal.STOP,
            InjectedFault.Signal.TERM);

    private static final int MOST_REPLACEMENTS = 2;

    Build last() {
        return builds.get(builds.size() - 1);
    }

    /** Draws a round; the signals and points take turns, so that each comes about in some hundred rounds. */
    static RoundPlan of(long seed, int round) {
        RandomGenerator random = new SplittableRandom(seed * 1_000_003 + round);
        List<Build> builds = builds(random);
        List<InjectedFault> faults = faults(random, seed, round);
        // Two processes show most; each one more costs half a second of a processor.
        int processes = 2 + (random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(2));
        List<Integer> first = several(random, processes, 10, 0, 1);
        List<Integer> arrivals = random.nextInt(4) > 0 ? List.of() : List.of(random.nextInt(3000));
        List<Integer> replacements = several(random, random.nextInt(1 + MOST_REPLACEMENTS), 3, 0, 1);
        return new RoundPlan(builds, first, arrivals, replacements, faults, 50 + random.nextInt(400));
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
        List<MigrationSpec> first = new ArrayList<>();
        List<MigrationSpec> second = new ArrayList<>();
        List<MigrationSpec> last = new ArrayList<>();
        int count = 2 + random.nextInt(3);
        boolean leave = random.nextInt(3) == 0;
        for (int i = 1; i <= count; i++) {
            MigrationSpec.Type type = random.nextInt(2) == 0
                    ? MigrationSpec.Type.PLAIN
                    : MigrationSpec.Type.values()[1 + random.nextInt(2)];
            int steps = type == MigrationSpec.Type.RESUMABLE ? 3 + random.nextInt(4) : 1;
            int millis = (30 + random.nextInt(random.nextInt(4) == 0 ? 1200 : 300)) / (steps > 1 ? 3 : 1);
            int failures = random.nextInt(4) > 0 ? 0 : 1 + random.nextInt(3);
            MigrationSpec spec = new MigrationSpec("000" + i, type, steps, millis, false);
            first.add(failures > 0 ? spec.failing() : spec);
            second.add(failures > 1 ? spec.failing() : spec);
            MigrationSpec declared =
                    leave && type == MigrationSpec.Type.PLAIN ? spec.declared(MigrationSpec.Type.RERUNNABLE) : spec;
            last.add(failures > 2 ? declared.failing() : declared);
        }
        return List.of(new Build("d1", first), new Build("d2", second), new Build("d3", last));
    }

    private static List<InjectedFault> faults(RandomGenerator random, long seed, int round) {
        List<InjectedFault.Point> points = InjectedFault.points();
        InjectedFault.Signal[] signals = InjectedFault.Signal.values();
        int cell = (int) Math.floorMod(round + seed, (long) points.size() * signals.length);
        InjectedFault turn = at(random, signals[cell % signals.length], points.get(cell / signals.length));
        List<InjectedFault> drawn = new ArrayList<>();
        if (turn.point().kind() == RequestKind.READ_RECEIPT) {
            // Nobody looks for a receipt where all goes well.
            drawn.add(new InjectedFault(
                    InjectedFault.Signal.KILL, InjectedFault.Point.RANDOM, 200 + random.nextInt(600), true));
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

    private static InjectedFault at(RandomGenerator random, InjectedFault.Signal signal, InjectedFault.Point point) {
        int nth = point.kind() == null
                ? random.nextInt(1500)
                : 1
                        + switch (point.kind()) {
                            case READ_REGISTER -> random.nextInt(12);
                            case WRITE_REGISTER -> random.nextInt(10);
                            default -> random.nextInt(2);
                        };
        return new InjectedFault(signal, point, nth, random.nextInt(point.kind() == null ? 4 : 2) > 0);
    }
}
