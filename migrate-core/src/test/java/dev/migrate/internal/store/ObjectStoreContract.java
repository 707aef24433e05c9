package dev.migrate.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ObjectStore} promises, to be passed by every store. The races are in {@link ObjectStoreRaces}. */
@Timeout(120)
public abstract class ObjectStoreContract extends ObjectStoreRaces {

    private ObjectStore store;

    /** Whether {@link ObjectStore#delete} looks at the version. A store may ignore it. */
    protected boolean supportsConditionalDelete() {
        return true;
    }

    @BeforeEach
    void openStore() {
        store = open(UUID.randomUUID().toString());
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void readsNothingWhereNothingWasWritten() {
        assertThat(store.read("dev/ledger.json")).isInstanceOf(ReadResult.Absent.class);
        assertThat(store.readIfChanged("dev/ledger.json", "0123")).isInstanceOf(ReadResult.Absent.class);
        assertThat(store.list("dev", 10)).isEmpty();
    }

    @Test
    void readsWhatWasCreatedUnderTheVersionThatCreateGave() {
        String version = store.create("dev/0001", bytes("one"));

        assertThat(found("dev/0001").content()).asString().isEqualTo("one");
        assertThat(found("dev/0001").version()).isEqualTo(version);
    }

    @Test
    void createsNothingOverAnObjectThatExists() {
        store.create("dev/0001", bytes("one"));

        assertThatThrownBy(() -> store.create("dev/0001", bytes("two"))).isInstanceOf(StoreConflictException.class);
        assertThatThrownBy(() -> store.create("dev/0001", bytes("one"))).isInstanceOf(StoreConflictException.class);
        assertThat(found("dev/0001").content()).asString().isEqualTo("one");
    }

    @Test
    void replacesTheVersionThatIsNamed() {
        String first = store.create("dev/ledger.json", bytes("one"));
        String second = store.replace("dev/ledger.json", bytes("two"), first);
        String third = store.replace("dev/ledger.json", bytes("three"), second);

        assertThat(found("dev/ledger.json").content()).asString().isEqualTo("three");
        assertThat(found("dev/ledger.json").version()).isEqualTo(third).isNotIn(first, second);
    }

    @Test
    void replacesAVersionThatWasRead() {
        store.create("dev/ledger.json", bytes("one"));

        store.replace("dev/ledger.json", bytes("two"), found("dev/ledger.json").version());

        assertThat(found("dev/ledger.json").content()).asString().isEqualTo("two");
    }

    @Test
    void replacesNoVersionThatIsNoLongerThere() {
        String first = store.create("dev/ledger.json", bytes("one"));
        String second = store.replace("dev/ledger.json", bytes("two"), first);

        assertThatThrownBy(() -> store.replace("dev/ledger.json", bytes("lost"), first))
                .isInstanceOf(StoreConflictException.class);
        assertThat(found("dev/ledger.json").version()).isEqualTo(second);
        assertThat(found("dev/ledger.json").content()).asString().isEqualTo("two");
    }

    @Test
    void replacesNothingThatIsAbsent() {
        String version = store.create("dev/other", bytes("one"));

        assertThatThrownBy(() -> store.replace("dev/ledger.json", bytes("lost"), version))
                .isInstanceOf(StoreConflictException.class);
        assertThat(store.read("dev/ledger.json")).isInstanceOf(ReadResult.Absent.class);
    }

    @Test
    void readsAgainOnlyWhatHasChanged() {
        String first = store.create("dev/ledger.json", bytes("one"));
        assertThat(store.readIfChanged("dev/ledger.json", first)).isInstanceOf(ReadResult.Unchanged.class);
        assertThat(store.readIfChanged(
                        "dev/ledger.json", found("dev/ledger.json").version()))
                .isInstanceOf(ReadResult.Unchanged.class);

        String second = store.replace("dev/ledger.json", bytes("two"), first);

        assertThat(store.readIfChanged("dev/ledger.json", first))
                .isInstanceOfSatisfying(ReadResult.Found.class, now -> {
                    assertThat(now.version()).isEqualTo(second);
                    assertThat(now.content()).asString().isEqualTo("two");
                });
        assertThat(store.readIfChanged("dev/ledger.json", second)).isInstanceOf(ReadResult.Unchanged.class);
    }

    @Test
    void deletesAndForgets() {
        String version = store.create("dev/0001", bytes("one"));

        store.delete("dev/0001", version);

        assertThat(store.read("dev/0001")).isInstanceOf(ReadResult.Absent.class);
        assertThat(store.readIfChanged("dev/0001", version)).isInstanceOf(ReadResult.Absent.class);
        assertThat(store.list("dev", 10)).isEmpty();
        assertThatThrownBy(() -> store.replace("dev/0001", bytes("lost"), version))
                .isInstanceOf(StoreConflictException.class);
        store.create("dev/0001", bytes("new"));
        assertThat(found("dev/0001").content()).asString().isEqualTo("new");
    }

    @Test
    void deletesNoOtherVersionWhereTheStoreLooksAtIt() {
        Assumptions.assumeTrue(supportsConditionalDelete(), "this store deletes whatever version there is");
        String first = store.create("dev/0001", bytes("one"));
        String second = store.replace("dev/0001", bytes("two"), first);

        assertThatThrownBy(() -> store.delete("dev/0001", first)).isInstanceOf(StoreConflictException.class);
        assertThat(found("dev/0001").version()).isEqualTo(second);
    }

    @Test
    void deletesWhatIsGoneWithoutHarm() {
        String version = store.create("dev/0001", bytes("one"));
        store.delete("dev/0001", version);

        store.delete("dev/0001", version);

        assertThat(store.read("dev/0001")).isInstanceOf(ReadResult.Absent.class);
    }

    @Test
    void namesTheObjectsDirectlyInAFolder() {
        store.create("dev/0001", bytes("one"));
        store.create("dev/ledger.json", bytes("register"));
        store.create("dev/deeper/0002", bytes("two"));
        store.create("dev-2/0003", bytes("three"));
        store.create("other/0004", bytes("four"));

        assertThat(store.list("dev", 10)).containsExactlyInAnyOrder("0001", "ledger.json", "deeper/");
        assertThat(store.list("dev/deeper", 10)).containsExactly("0002");
        assertThat(store.list("de", 10)).isEmpty();
    }

    @Test
    void namesNoMoreObjectsThanTheLimit() {
        IntStream.rangeClosed(1, 7).forEach(i -> store.create("dev/000" + i, bytes("x" + i)));

        assertThat(store.list("dev", 3)).hasSize(3).doesNotHaveDuplicates().allMatch(name -> name.matches("000[1-7]"));
        assertThat(store.list("dev", 7)).hasSize(7);
        assertThat(store.list("dev", 5000)).hasSize(7).doesNotHaveDuplicates();
        assertThatIllegalArgumentException().isThrownBy(() -> store.list("dev", 0));
    }

    @Test
    void keepsEmptyContent() {
        String version = store.create("dev/0001", new byte[0]);
        assertThat(found("dev/0001").content()).isEmpty();

        store.replace("dev/0001", bytes("now something"), version);
        assertThat(found("dev/0001").content()).asString().isEqualTo("now something");
    }

    @Test
    void keepsEveryByte() {
        byte[] all = new byte[512];
        IntStream.range(0, all.length).forEach(i -> all[i] = (byte) i);

        store.create("dev/0001", all);

        assertThat(found("dev/0001").content()).isEqualTo(all);
    }

    @Test
    void keepsLargeContent() {
        byte[] large = new byte[200 * 1024];
        new Random(11).nextBytes(large);

        String version = store.create("dev/ledger.json", large);
        assertThat(found("dev/ledger.json").content()).isEqualTo(large);

        large[100_000]++;
        store.replace("dev/ledger.json", large, version);
        assertThat(found("dev/ledger.json").content()).isEqualTo(large);
    }

    @Test
    void keepsItsContentWhenTheCallerWritesOverTheArray() {
        byte[] content = bytes("one");
        store.create("dev/0001", content);
        content[0] = 'X';

        found("dev/0001").content()[1] = 'Y';

        assertThat(found("dev/0001").content()).asString().isEqualTo("one");
    }

    @Test
    void keepsKeysWithManyFoldersAndAllLetters() {
        String key = "Odin.dev_1/a-b/c.d/0001";
        store.create(key, bytes("one"));

        assertThat(found(key).content()).asString().isEqualTo("one");
        assertThat(store.read("Odin.dev_1/a-b/c.d")).isInstanceOf(ReadResult.Absent.class);
        assertThat(store.list("Odin.dev_1/a-b/c.d", 5)).containsExactly("0001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "dev/",
                "dev//0001",
                "..",
                "../0001",
                "dev/../0001",
                "dev/..",
                "./dev",
                "dev\\0001",
                "..\\0001",
                "C:\\0001",
                "dev/.lock",
                ".tmp-1",
                "dev/0001\n",
                "dev/00 01",
                "dev/%2e%2e/x",
                "d\u00e9v/1"
            })
    void refusesKeysThatCouldLeaveTheirPlace(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> store.read(key));
        assertThatIllegalArgumentException().isThrownBy(() -> store.readIfChanged(key, "0123"));
        assertThatIllegalArgumentException().isThrownBy(() -> store.create(key, bytes("x")));
        assertThatIllegalArgumentException().isThrownBy(() -> store.replace(key, bytes("x"), "0123"));
        assertThatIllegalArgumentException().isThrownBy(() -> store.delete(key, "0123"));
        assertThatIllegalArgumentException().isThrownBy(() -> store.list(key, 1));
    }

    @Test
    void namesItsPlaceAndClosesTwice() {
        assertThat(store.describe()).isNotBlank();
        assertThatCode(() -> {
                    store.close();
                    store.close();
                })
                .doesNotThrowAnyException();
    }

    private ReadResult.Found found(String key) {
        return (ReadResult.Found) store.read(key);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
