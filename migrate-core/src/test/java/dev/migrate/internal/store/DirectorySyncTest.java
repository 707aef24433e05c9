package dev.migrate.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is synced to the disk, in which order, and what another writer can do in between. */
class DirectorySyncTest {

    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2, 2};
    private static final String KEY = "dev/0001";

    @TempDir
    Path folder;

    private Path file;

    /** Each sync: of what, and what the object's file held at that moment. */
    private final List<String> syncs = new ArrayList<>();

    @BeforeEach
    void folders() throws IOException {
        file = Files.createDirectory(folder.resolve("dev")).resolve("0001");
        Assumptions.assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "folders are not synced here");
    }

    private void sync(FileChannel channel, Path path) throws IOException {
        String what = Files.isDirectory(path)
                ? folder.relativize(path).toString()
                : "content of " + channel.size() + " bytes, all of them " + Files.readAllBytes(path)[0];
        syncs.add(what + "; object " + (Files.exists(file) ? "of " + Files.size(file) + " bytes" : "absent"));
        channel.force(true);
    }

    private DirectoryObjectStore store() {
        return new DirectoryObjectStore(folder, Duration.ofSeconds(10), new AtomicFiles(this::sync));
    }

    @Test
    void a_created_object_has_its_name_after_its_content_is_synced_and_then_the_folder_is_synced() {
        String unused = store().create(KEY, TWO);
        assertThat(syncs).containsExactly("content of 2 bytes, all of them 2; object absent", "dev; object of 2 bytes");
    }

    @Test
    void a_replaced_object_has_its_content_after_that_is_synced_and_then_the_folder_is_synced() {
        String version = new DirectoryObjectStore(folder).create(KEY, ONE);
        String unused = store().replace(KEY, TWO, version);
        assertThat(syncs)
                .containsExactly("content of 2 bytes, all of them 2; object of 1 bytes", "dev; object of 2 bytes");
    }

    @Test
    void a_deleted_object_is_gone_when_the_folder_is_synced() {
        String version = new DirectoryObjectStore(folder).create(KEY, ONE);
        store().delete(KEY, version);
        assertThat(syncs).containsExactly("dev; object absent");
    }

    @Test
    void each_folder_that_is_made_is_synced_into_the_one_above() {
        String unused = store().create("a/b/0001", ONE);
        assertThat(syncs).hasSize(4);
        assertThat(syncs.get(0)).startsWith(";");
        assertThat(syncs.get(1)).startsWith("a;");
        assertThat(syncs.get(2)).startsWith("content");
        assertThat(syncs.get(3)).startsWith("a/b;");
    }

    @Test
    void a_sync_that_fails_fails_the_write() throws IOException {
        AtomicFiles broken = new AtomicFiles((channel, path) -> {
            throw new IOException("no space left on device");
        });
        DirectoryObjectStore store = new DirectoryObjectStore(folder, Duration.ofSeconds(10), broken);
        assertThatThrownBy(() -> store.create(KEY, ONE))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("no space left on device");
        assertThat(file).doesNotExist();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(".lock", "dev");
    }

    /** A writer that takes no lock comes after the look at the name and before the name is taken. */
    @Test
    void a_create_loses_to_a_writer_that_knows_no_lock_and_keeps_what_it_wrote() {
        AtomicFiles disk = new AtomicFiles((channel, path) -> {
            channel.force(true);
            if (!Files.isDirectory(path)) {
                Files.write(file, ONE);
            }
        });
        DirectoryObjectStore store = new DirectoryObjectStore(folder, Duration.ofSeconds(10), disk);
        assertThatThrownBy(() -> store.create(KEY, TWO))
                .isInstanceOf(StoreConflictException.class)
                .hasMessageContaining("Creating " + file + ": it exists");
        assertThat(file).hasBinaryContent(ONE);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(".lock", "dev");
    }

    /** A hard link and not a move: the object is the very file that was synced, which has two names for a moment. */
    @Test
    void an_object_is_created_by_a_link() throws IOException {
        List<Object> links = new ArrayList<>();
        AtomicFiles disk = new AtomicFiles((channel, path) -> {
            channel.force(true);
            if (Files.exists(file)) {
                links.add(Files.getAttribute(file, "unix:nlink"));
            }
        });
        String unused = new DirectoryObjectStore(folder, Duration.ofSeconds(10), disk).create(KEY, ONE);
        assertThat(links).containsExactly(2);
        assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(1);
    }

    /** By the JDK's own record of what it forces to the disk. */
    @Test
    void the_store_that_an_application_gets_syncs_the_content_and_the_folder() throws IOException {
        DirectoryObjectStore store = new DirectoryObjectStore(folder);
        List<String> created = forced(() -> store.create(KEY, ONE));
        assertThat(created).hasSize(2);
        assertThat(created.get(0)).startsWith(folder.resolve(".tmp-").toString());
        assertThat(created.get(1)).isEqualTo(folder.resolve("dev").toString());
        List<String> replaced = forced(() -> store.replace(KEY, TWO, ContentVersion.of(ONE)));
        assertThat(replaced).hasSize(2);
        assertThat(replaced.get(0)).startsWith(folder.resolve(".tmp-").toString());
        assertThat(replaced.get(1)).isEqualTo(folder.resolve("dev").toString());
    }

    private List<String> forced(Runnable write) throws IOException {
        Path record = folder.resolveSibling(folder.getFileName() + ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
            recording.start();
            write.run();
            recording.stop();
            recording.dump(record);
            return RecordingFile.readAllEvents(record).stream()
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .flatMap(event -> Optional.ofNullable(event.getString("path")).stream())
                    .filter(path -> path.startsWith(folder.toString()))
                    .toList();
        } finally {
            Files.deleteIfExists(record);
        }
    }
}
