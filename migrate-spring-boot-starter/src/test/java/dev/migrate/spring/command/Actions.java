package dev.migrate.spring.command;

import dev.migrate.MigrationAction;
import dev.migrate.PreviewableAction;
import dev.migrate.ReversibleAction;
import java.util.concurrent.CountDownLatch;

/** What the migrations of these tests do. */
final class Actions {

    private Actions() {}

    static MigrationAction nothing() {
        return () -> {};
    }

    static MigrationAction failing() {
        return () -> {
            throw new IllegalStateException("the paint is still wet");
        };
    }

    /** Can be reverted, by which it can fail. */
    record Reversible(boolean fails) implements ReversibleAction {

        @Override
        public void migrate() {}

        @Override
        public void revert() {
            if (fails) {
                throw new IllegalStateException("glued");
            }
        }
    }

    /** Says what it would do, or cannot. */
    record Previewable(String says) implements PreviewableAction {

        @Override
        public void migrate() {
            throw new AssertionError("a plan runs nothing");
        }

        @Override
        public String preview() {
            if (says.isEmpty()) {
                throw new IllegalStateException("no database");
            }
            return says;
        }
    }

    /** Begins, and goes on until it is told to end. */
    record Hanging(CountDownLatch begun, CountDownLatch end) implements MigrationAction {

        Hanging() {
            this(new CountDownLatch(1), new CountDownLatch(1));
        }

        @Override
        public void migrate() throws InterruptedException {
            begun.countDown();
            end.await();
        }
    }
}
