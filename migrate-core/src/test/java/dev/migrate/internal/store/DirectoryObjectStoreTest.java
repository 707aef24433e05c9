package dev.migrate.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreUnavailableException;
import dev.migrate.testing.Requirement;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryObjectStoreTest extends ObjectStoreContract {

    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};

    @TempDir
    Path folder;

    @Override
    protected ObjectStore open(String place) {
        return new DirectoryObjectStore(folder.resolve(place).resolve("made by the first write"));
    }

    @Test
    void makesNoFolderToRead() {
        Path root = folder.resolve("data");
        DirectoryObjectStore store = new DirectoryObjectStore(root);

        store.read("dev/0001");
        store.readIfChanged("dev/0001", "0123");
        store.list("dev", 10);
        store.delete("dev/0001", "0123");

        assertThat(root).doesNotExist();
    }

    @Test
    void leavesNothingBesideTheObjectsAndTheLock() throws Exception {
        DirectoryObjectStore store = new DirectoryObjectStore(folder);
        String version = store.create("dev/0001", ONE);
        store.replace("dev/0001", TWO, version);
        assertThatThrownBy(() -> store.create("dev/0001", ONE)).isInstanceOf(StoreConflictException.class);

        assertThat(files()).containsExactlyInAnyOrder(".lock", "dev", "dev/0001");
    }

    @Test
    void removesWhatAKilledWriterLeftAndNeverListsIt() throws Exception {
        DirectoryObjectStore store = new DirectoryObjectStore(folder);
        store.create("dev/0001", ONE);
        Files.write(folder.resolve(".tmp-left"), TWO);
        // Killed between the link and the removal of the temporary name: one file under two names.
        Files.createLink(folder.resolve(".tmp-linked"), folder.resolve("dev/0001"));
        Files.write(folder.resolve("dev/.hidden"), TWO);

        assertThat(store.list("dev", 10)).containsExactly("0001");
        store.create("dev/0002", TWO);

        assertThat(files()).containsExactlyInAnyOrder(".lock", "dev", "dev/.hidden", "dev/0001", "dev/0002");
        assertThat(((ReadResult.Found) store.read("dev/0001")).content()).isEqualTo(ONE);
    }

    @Test
    void refusesAFileWhereAFolderShouldBe() throws Exception {
        Path file = Files.write(folder.resolve("file"), ONE);
        DirectoryObjectStore store = new DirectoryObjectStore(file);

        assertThatThrownBy(() -> store.read("dev/0001"))
                .isInstanceOf(NonTransientStoreException.class)
                .hasMessageContaining(file + " is a file, not a folder");
        assertThatThrownBy(() -> store.list("dev", 1)).isInstanceOf(NonTransientStoreException.class);
        assertThatThrownBy(() -> store.create("dev/0001", ONE)).isInstanceOf(NonTransientStoreException.class);
        assertThatThrownBy(() -> store.replace("dev/0001", ONE, "0123")).isInstanceOf(NonTransientStoreException.class);
        assertThatThrownBy(() -> store.delete("dev/0001", "0123")).isInstanceOf(NonTransientStoreException.class);
        assertThat(file).hasBinaryContent(ONE);
    }

    @Test
    void refusesAFolderWhereAnObjectShouldBe() {
        DirectoryObjectStore store = new DirectoryObjectStore(folder);
        store.create("dev/deeper/0001", ONE);

        assertThatThrownBy(() -> store.create("dev/deeper", ONE))
                .isInstanceOf(NonTransientStoreException.class)
                .hasMessageContaining("a folder has this name");
        assertThatThrownBy(() -> store.create("dev/deeper/0001/x", ONE)).isInstanceOf(NonTransientStoreException.class);
        assertThat(store.list("dev/deeper", 5)).containsExactly("0001");
    }

    @Test
    void refusesAFolderThatMayNotBeWritten() throws Exception {
        Path root = Files.createDirectory(folder.resolve("locked"));
        Assumptions.assumeTrue(root.toFile().setWritable(false), "this file system knows no permissions");
        Requirement.UNPRIVILEGED.check(!Files.isWritable(root), "this user may write everywhere");
        DirectoryObjectStore store = new DirectoryObjectStore(root);

        assertThatThrownBy(() -> store.create("dev/0001", ONE))
                .isInstanceOf(NonTransientStoreException.class)
                .hasMessageContaining("is denied");
        assertThat(store.read("dev/0001")).isInstanceOf(ReadResult.Absent.class);
    }

    @Test
    void refusesAPlaceWhereNoFolderCanBeMade() {
        Path proc = Path.of("/proc/migrate-ledger");
        Assumptions.assumeTrue(Files.isDirectory(proc.getParent()), "this system has no such place");

        assertThatThrownBy(() -> new DirectoryObjectStore(proc).create("dev/0001", ONE))
                .isInstanceOfSatisfying(NonTransientStoreException.class, e -> assertThat(e.action())
                        .contains("choose another folder"))
                .hasMessageContaining("access to " + proc + " is denied");
    }

    @Test
    void givesUpOnALockThatIsNeverGivenBack() throws Exception {
        DirectoryObjectStore store = new DirectoryObjectStore(folder, Duration.ofMillis(20));
        try (FileChannel other =
                        FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> store.create("dev/0001", ONE))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("has held the lock");
        }
        store.create("dev/0001", ONE);
    }

    @Test
    void keepsTheInterruptAndTheContentOfAnInterruptedThread() {
        DirectoryObjectStore store = new DirectoryObjectStore(folder);
        String version = store.create("dev/0001", ONE);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> store.replace("dev/0001", TWO, version)).isInstanceOf(StoreUnavailableException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(((ReadResult.Found) store.read("dev/0001")).content()).isEqualTo(ONE);
        assertThat(Thread.interrupted()).isTrue();

        store.replace("dev/0001", TWO, version);
    }

    private List<String> files() throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.equals(folder))
                    .map(path -> folder.relativize(path).toString())
                    .toList();
        }
    }
}
