package dev.migrate.internal.store;

import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.StoreException;
import dev.migrate.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import org.jspecify.annotations.Nullable;

/** Says what a fault of the disk means for the caller: somebody has to mend something, or it may pass. */
final class IoExceptionTranslator {

    private IoExceptionTranslator() {}

    static StoreException reading(String act, Path path, IOException fault) {
        return translate(act, path, fault, "read");
    }

    static StoreException writing(String act, Path path, IOException fault) {
        if (isReadOnly(path)) {
            return new NonTransientStoreException(
                    act + ": the file system is read-only", "Mount it for writing, or choose another folder.", fault);
        }
        return translate(act, path, fault, "read and write");
    }

    private static StoreException translate(String act, Path path, IOException fault, String right) {
        if (fault instanceof ClosedByInterruptException) {
            // The interrupt flag is already set. It stays set, so that the caller sees it.
            return new StoreUnavailableException(act + ": the thread was interrupted", fault);
        }
        if (fault instanceof FileSystemException denied && isDenied(denied)) {
            String reason = denied.getReason() == null ? "" : " (" + denied.getReason() + ")";
            return new NonTransientStoreException(
                    act + ": access to " + denied.getFile() + " is denied" + reason,
                    "Let the user that runs this process " + right
                            + " the folder and what is in it, or choose another folder.",
                    fault);
        }
        Path file = fileForFolder(path);
        if (file != null || fault instanceof NotDirectoryException) {
            return new NonTransientStoreException(
                    act + ": " + (file == null ? fault.getMessage() : file) + " is a file, not a folder",
                    "Move the file away, or choose another folder.",
                    fault);
        }
        if (Files.isDirectory(path) && !act.startsWith("Listing")) {
            return new NonTransientStoreException(
                    act + ": a folder has this name", "Move the folder away, or choose another one.", fault);
        }
        return new StoreUnavailableException(act + ": " + reason(fault), fault);
    }

    /**
     * Java has a type for EACCES alone; EPERM, as of a folder that is immutable, comes as the system's own
     * words. In another language it is not known, and the folder is asked again.
     */
    private static boolean isDenied(FileSystemException fault) {
        return fault instanceof AccessDeniedException || "Operation not permitted".equals(fault.getReason());
    }

    private static @Nullable Path fileForFolder(Path path) {
        for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder)) {
                return Files.isDirectory(folder) ? null : folder;
            }
        }
        return null;
    }

    private static boolean isReadOnly(Path path) {
        try {
            for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
                if (Files.exists(folder)) {
                    return Files.getFileStore(folder).isReadOnly();
                }
            }
        } catch (IOException | ReadOnlyFileSystemException e) {
            return false; // the original fault is reported instead
        }
        return false;
    }

    private static String reason(IOException fault) {
        String reason = fault instanceof FileSystemException named ? named.getReason() : fault.getMessage();
        return reason == null ? fault.getClass().getSimpleName() : reason;
    }
}
