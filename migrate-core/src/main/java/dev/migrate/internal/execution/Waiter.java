package dev.migrate.internal.execution;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Wakes the waiting threads when their condition may have become true. */
public final class Waiter {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();

    /** To be called after whatever may make a condition true. */
    public void wake() {
        lock.lock();
        try {
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the condition is true or the time has passed. */
    public void await(Duration most, BooleanSupplier until) throws InterruptedException {
        long left = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (left > 0 && !until.getAsBoolean()) {
                left = woken.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the condition is true or the time has passed, and says whether it is true. */
    public boolean awaitTrue(Duration most, BooleanSupplier until) throws InterruptedException {
        await(most, until);
        return until.getAsBoolean();
    }
}
