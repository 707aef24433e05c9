package dev.migrate.internal.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The turn to write in a folder, among the threads of this process and among processes. The operating system takes the
 * lock of a file from a process that dies, so nothing has to be tidied up.
 */
final class FolderLock implements AutoCloseable {

    /**
     * A lock of a file belongs to the whole process, and closing any channel of the file gives it back: so the threads
     * of a process take turns first, by the folder's real path, and only one at a time opens the file.
     */
    private static final Map<Path, ReentrantLock> PROCESS_LOCKS = new ConcurrentHashMap<>();

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final ReentrantLock turn;
    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(ReentrantLock turn, FileChannel channel, FileLock lock) {
        this.turn = turn;
        this.channel = channel;
        this.lock = lock;
    }

    /** Takes the lock of a folder that exists, or throws when others hold it for longer than the time-out. */
    static FolderLock take(Path folder, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        ReentrantLock turn = PROCESS_LOCKS.computeIfAbsent(folder.toRealPath(), path -> new ReentrantLock());
        takeTurn(turn, folder, timeout);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new FolderLock(turn, channel, lock(channel, folder, timeout, deadline));
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            turn.unlock();
            throw e;
        }
    }

    private static void takeTurn(ReentrantLock turn, Path folder, Duration timeout) throws IOException {
        try {
            if (!turn.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(folder, timeout, "another thread");
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Asks again and again, because the call that waits has no time-out. */
    private static FileLock lock(FileChannel channel, Path folder, Duration timeout, long deadline) throws IOException {
        while (true) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw busy(folder, timeout, "another process");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw interrupted();
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this process, under another class loader
        }
    }

    private static IOException busy(Path folder, Duration timeout, String holder) {
        return new IOException(
                holder + " has held the lock " + folder.resolve(".lock") + " for " + timeout.toMillis() + " ms");
    }

    private static ClosedByInterruptException interrupted() {
        Thread.currentThread().interrupt();
        return new ClosedByInterruptException();
    }

    @Override
    public void close() throws IOException {
        try {
            lock.release();
        } finally {
            closeAll();
        }
    }

    private void closeAll() throws IOException {
        try {
            channel.close();
        } finally {
            turn.unlock();
        }
    }
}
