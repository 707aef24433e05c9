package dev.migrate.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.StoreException;
import dev.migrate.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoExceptionTranslatorTest {

    @TempDir
    Path folder;

    @Test
    void deniedAccessHasToBeMended() {
        StoreException told = tell(new AccessDeniedException("/data/.lock"));

        assertThat(told)
                .isInstanceOf(NonTransientStoreException.class)
                .hasMessageContaining("Creating 0001: access to /data/.lock is denied");
        assertThat(told.action()).contains("read and write");
    }

    @Test
    void whatIsNotPermittedHasToBeMendedToo() {
        StoreException told = tell(new FileSystemException("/data/dev", null, "Operation not permitted"));

        assertThat(told)
                .isInstanceOf(NonTransientStoreException.class)
                .hasMessage("Creating 0001: access to /data/dev is denied (Operation not permitted)");
        assertThat(told.action()).contains("read and write", "choose another folder");
    }

    @Test
    void aFullDiskMayPass() {
        assertThat(tell(new IOException("No space left on device")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Creating 0001: No space left on device");
        assertThat(tell(new FileSystemException("/data/x", null, "Too many open files")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Creating 0001: Too many open files");
    }

    @Test
    void anInterruptSaysWhatItIs() {
        assertThat(tell(new ClosedByInterruptException()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("interrupted");
    }

    private StoreException tell(IOException fault) {
        return IoExceptionTranslator.writing(
                "Creating 0001", folder.resolve("dev").resolve("0001"), fault);
    }
}
