package dev.migrate.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;

/**
 * Changes to files that happen wholly or not at all, and are on the disk when a method returns: content is written and
 * synced under a temporary name, then takes its own name in one step, then the folder is synced. The caller holds the
 * lock of the root.
 */
final class AtomicFiles {

    private static final String TEMPORARY = ".tmp-";

    private final Sync sync;

    AtomicFiles() {
        this((channel, path) -> channel.force(true));
    }

    AtomicFiles(Sync sync) {
        this.sync = sync;
    }

    /** Waits until the content of a file, or the names in a folder, are on the disk. */
    @FunctionalInterface
    interface Sync {
        void force(FileChannel channel, Path path) throws IOException;
    }

    /** Writes a file that does not exist. A hard link fails if the name exists, with or without the lock. */
    void create(Path root, Path file, byte[] content) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "a folder has this name");
        }
        createFolders(parent(file));
        Path temporary = writeTemporary(root, content);
        try {
            link(file, temporary);
            sync(parent(file));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    void replace(Path root, Path file, byte[] content) throws IOException {
        Path temporary = writeTemporary(root, content);
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            sync(parent(file));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    void delete(Path file) throws IOException {
        Files.delete(file);
        sync(parent(file));
    }

    /** Names that begin with a dot are this class's own: temporary files and the lock. */
    static boolean isListed(Path file) {
        return !String.valueOf(file.getFileName()).startsWith(".")
                && (Files.isRegularFile(file) || Files.isDirectory(file));
    }

    /** What a killed process left. Under the lock no living one has a temporary file. */
    static void removeLeftovers(Path root) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(root, TEMPORARY + "*")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    /** Makes the missing folders from the top, and syncs the folder that holds each. */
    void createFolders(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = folder; path != null && !Files.isDirectory(path); path = path.getParent()) {
            missing.push(path);
        }
        for (Path path : missing) {
            try {
                Files.createDirectory(path);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(path)) {
                    throw new NotDirectoryException(path.toString());
                }
            } catch (NoSuchFileException e) {
                if (Files.isDirectory(parent(path))) {
                    // Not for want of a folder above it: nobody can make one in a place like /proc.
                    throw new AccessDeniedException(path.toString(), null, "no folder can be made there");
                }
                throw e;
            }
            sync(parent(path));
        }
    }

    private Path writeTemporary(Path root, byte[] content) throws IOException {
        Path temporary = root.resolve(TEMPORARY + UUID.randomUUID());
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            sync.force(channel, temporary);
            return temporary;
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private static void link(Path file, Path temporary) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without hard links. Under the lock a look and a move are one step too.
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** A new name is on the disk once its folder is synced. Windows cannot open a folder, and needs no such sync. */
    private void sync(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                sync.force(channel, folder);
            } catch (NoSuchFileException e) {
                throw new NoSuchFileException(folder.toString(), null, "the folder was removed while in use");
            }
        }
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "A file of the store lies in a folder");
    }
}
