package dev.migrate.internal.store;

import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store in a folder of a local disk, for work on one machine. Any number of processes may use the folder at once. A
 * write is on the disk when its method returns, and a process that is killed leaves the old content or the new, never
 * a part of it.
 *
 * <p>Writers take turns by an exclusive lock on the file {@code .lock} in the folder, for at most 10 seconds; readers
 * need no lock. The folder is made by the first write. The version of an object is the SHA-256 of its content, so
 * content that must never be mistaken for older content has to hold something unique. Network file systems, where
 * locks and renames keep other promises, are not supported.
 *
 * @since 0.1
 */
public final class DirectoryObjectStore implements ObjectStore {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    private final Path root;
    private final Duration lockTimeout;
    private final AtomicFiles disk;

    /**
     * Makes a store in a folder, without touching the disk.
     *
     * @param root the folder; it need not exist
     */
    public DirectoryObjectStore(Path root) {
        this(root, LOCK_TIMEOUT);
    }

    DirectoryObjectStore(Path root, Duration lockTimeout) {
        this(root, lockTimeout, new AtomicFiles());
    }

    DirectoryObjectStore(Path root, Duration lockTimeout, AtomicFiles disk) {
        this.root = root.toAbsolutePath().normalize();
        this.lockTimeout = lockTimeout;
        this.disk = disk;
    }

    @Override
    public ReadResult read(String key) {
        Path file = root.resolve(ObjectKeys.check(key));
        try {
            return content(file)
                    .<ReadResult>map(bytes -> new ReadResult.Found(bytes, ContentVersion.of(bytes)))
                    .orElseGet(ReadResult.Absent::new);
        } catch (IOException e) {
            throw IoExceptionTranslator.reading("Reading " + file, file, e);
        }
    }

    @Override
    public ReadResult readIfChanged(String key, String knownVersion) {
        ReadResult read = read(key);
        return read instanceof ReadResult.Found found && found.version().equals(knownVersion)
                ? new ReadResult.Unchanged()
                : read;
    }

    @Override
    public String create(String key, byte[] content) {
        Path file = root.resolve(ObjectKeys.check(key));
        return write("Creating " + file, file, () -> {
            if (Files.isRegularFile(file)) {
                throw exists(file, null);
            }
            try {
                disk.create(root, file, content);
            } catch (FileAlreadyExistsException e) {
                // Only a writer that knows nothing of the lock can have come between.
                throw exists(file, e);
            }
            return ContentVersion.of(content);
        });
    }

    @Override
    public String replace(String key, byte[] content, String version) {
        Path file = root.resolve(ObjectKeys.check(key));
        return write("Replacing " + file, file, () -> {
            requireVersion("Replacing ", file, version, content(file));
            disk.replace(root, file, content);
            return ContentVersion.of(content);
        });
    }

    @Override
    public void delete(String key, String version) {
        Path file = root.resolve(ObjectKeys.check(key));
        if (!Files.exists(root)) {
            return;
        }
        write("Deleting " + file, file, () -> {
            Optional<byte[]> there = content(file);
            if (there.isPresent()) {
                requireVersion("Deleting ", file, version, there);
                disk.delete(file);
            }
            return version;
        });
    }

    @Override
    public List<String> list(String folder, int limit) {
        Path path = root.resolve(ObjectKeys.check(folder));
        ObjectKeys.checkLimit(limit);
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, AtomicFiles::isListed)) {
            for (Path file : files) {
                if (names.size() == limit) {
                    break;
                }
                names.add(file.getFileName() + (Files.isDirectory(file) ? "/" : ""));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw IoExceptionTranslator.reading("Listing " + path, path, new IOException(e.getMessage(), e));
        } catch (IOException e) {
            throw IoExceptionTranslator.reading("Listing " + path, path, e);
        }
        return names;
    }

    @Override
    public String describe() {
        // The URI of a folder ends with a slash as soon as the folder is there.
        String uri = root.toUri().toString();
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    @SuppressWarnings("try") // the lock is held, not used
    private String write(String act, Path file, DiskWrite write) {
        try {
            disk.createFolders(root);
            try (FolderLock lock = FolderLock.take(root, lockTimeout)) {
                AtomicFiles.removeLeftovers(root);
                return write.run();
            }
        } catch (IOException e) {
            throw IoExceptionTranslator.writing(act, file, e);
        }
    }

    private static Optional<byte[]> content(Path file) throws IOException {
        try {
            return Files.isDirectory(file) ? Optional.empty() : Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void requireVersion(String act, Path file, String version, Optional<byte[]> there) {
        if (there.isEmpty()) {
            throw new StoreConflictException(act + file + ": it is gone", null);
        }
        if (!ContentVersion.of(there.get()).equals(version)) {
            throw new StoreConflictException(act + file + ": its version is no longer " + version, null);
        }
    }

    private static StoreConflictException exists(Path file, @Nullable IOException cause) {
        return new StoreConflictException("Creating " + file + ": it exists", cause);
    }

    /** What is done while the lock is held; it gives the version written. */
    @FunctionalInterface
    private interface DiskWrite {
        String run() throws IOException;
    }
}
