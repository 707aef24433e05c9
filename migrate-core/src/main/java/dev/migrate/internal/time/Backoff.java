package dev.migrate.internal.time;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * The delays of a retry loop, with jitter, so that the processes of a fleet do not retry in lockstep.
 *
 * <p>Each delay is drawn evenly from the upper half of its base, that is, from {@code [base / 2, base]} ("equal jitter").
 * The base doubles with each attempt until it reaches its longest value. So no delay is longer than its base, and none is
 * shorter than the one before it until the base has reached its longest value. Instances are immutable, and as safe for
 * several threads as their source of randomness.
 *
 * @since 0.1
 */
public final class Backoff {

    /** Random numbers of each thread's own; what a policy uses unless it is given others. */
    public static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;

    private Backoff(Duration first, Duration longest, RandomGenerator random) {
        if (first.isNegative() || first.isZero()) {
            throw new IllegalArgumentException("first delay " + first + " is not positive");
        }
        if (longest.isNegative()) {
            throw new IllegalArgumentException("longest delay " + longest + " is negative");
        }
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /**
     * Delays that double.
     *
     * @param first the base of the first delay; more than 0
     * @param longest the longest base; 0 or more
     * @return the policy
     * @throws IllegalArgumentException if a value is out of range
     */
    public static Backoff exponential(Duration first, Duration longest) {
        return new Backoff(first, longest, RANDOM);
    }

    /**
     * Delays of one base, as a poll has them.
     *
     * @param interval the base of each delay; more than 0
     * @return the policy
     * @throws IllegalArgumentException if the interval is not positive
     */
    public static Backoff fixed(Duration interval) {
        return exponential(interval, interval);
    }

    /**
     * The same delays from another source of randomness; a seeded one gives the same delays each time.
     *
     * @param other where the jitter comes from
     * @return the policy
     */
    public Backoff with(RandomGenerator other) {
        return new Backoff(first, longest, other);
    }

    /**
     * The same delays, none of them longer than a limit.
     *
     * @param limit the longest base; 0 or more
     * @return the policy
     * @throws IllegalArgumentException if the limit is negative
     */
    public Backoff atMost(Duration limit) {
        return limit.compareTo(longest) < 0 ? new Backoff(first, limit, random) : this;
    }

    /**
     * Draws the delay that follows an attempt.
     *
     * @param attempt which attempt failed; the first is 1
     * @return the delay
     * @throws IllegalArgumentException if there is no such attempt
     */
    public Duration delay(int attempt) {
        long base = base(attempt);
        return Duration.ofNanos(base - (long) (random.nextDouble() * 0.5 * base));
    }

    private long base(int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt " + attempt + " is less than 1");
        }
        long most = longest.toNanos();
        long base = Math.min(first.toNanos(), most);
        for (int i = 1; i < attempt && base < most; i++) {
            base = base > most / 2 ? most : base * 2;
        }
        return base;
    }

    @Override
    public String toString() {
        return "backoff of " + first.toMillis() + " to " + longest.toMillis() + " ms";
    }
}
