package dev.migrate.internal.ledger;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The receipts of an environment: one object for each applied migration, written once, named by its number.
 *
 * @param environment whose receipts they are
 * @since 0.1
 */
public record ReceiptRepository(EnvironmentName environment) {

    private static final int MAX_RECEIPTS = 100_000;

    /**
     * Looks for a receipt.
     *
     * @param store where
     * @param id the sequence number
     * @return what it tells; empty when there is none
     */
    public Optional<AppliedMigration> find(ObjectStore store, MigrationId id) {
        return read(store, id).map(Receipt::applied);
    }

    /**
     * Reads the object that is named by a sequence number.
     *
     * @param store where
     * @param id the sequence number
     * @return what it records; empty when there is none
     */
    public Optional<Receipt> read(ObjectStore store, MigrationId id) {
        return store.read(key(id)) instanceof ReadResult.Found found
                ? Optional.of(LedgerJson.receipt(id, found.content()))
                : Optional.empty();
    }

    /**
     * Writes a receipt. When there is one already, that one holds: it is this attempt's own, sent before, or another
     * process was there first. But one that no longer counts gives way.
     *
     * @param store where
     * @param done what it tells
     * @param over whether another receipt no longer counts
     * @return what the receipt tells that is there now
     * @throws StoreConflictException if another write got in the way
     */
    public AppliedMigration write(ObjectStore store, AppliedMigration done, Predicate<AppliedMigration> over) {
        try {
            String unused = store.create(key(done.id()), LedgerJson.writeReceipt(done));
            return done;
        } catch (StoreConflictException e) {
            if (!(store.read(key(done.id())) instanceof ReadResult.Found found)) {
                throw e;
            }
            AppliedMigration there = LedgerJson.readReceipt(done.id(), found.content());
            if (!over.test(there)) {
                return there;
            }
            String unused = store.replace(key(done.id()), LedgerJson.writeReceipt(done), found.version());
            return done;
        }
    }

    /**
     * Takes a receipt away, because what it tells of was reverted. Does nothing when there is none, or when the one that is
     * there tells of a later attempt: whoever comes late must not take away what was applied since.
     *
     * @param store where
     * @param id the sequence number
     * @param last the number of the last attempt that was reverted; a receipt that names no attempt counts as before it
     * @throws StoreConflictException if another write got in the way
     */
    public void delete(ObjectStore store, MigrationId id, int last) {
        if (store.read(key(id)) instanceof ReadResult.Found found
                && LedgerJson.readReceipt(id, found.content()).attempt().number() <= last) {
            store.delete(key(id), found.version());
        }
    }

    /**
     * Names the migrations that have a receipt. Other objects beside them are left out.
     *
     * @param store where
     * @return the sequence numbers, in order
     */
    public List<MigrationId> list(ObjectStore store) {
        return listing(store).ids();
    }

    /**
     * Lists the objects of the environment.
     *
     * @param store where
     * @return the sequence numbers that have an object, and the names that are in doubt
     */
    public ReceiptListing listing(ObjectStore store) {
        List<String> names = store.list(environment.value(), MAX_RECEIPTS);
        if (names.size() >= MAX_RECEIPTS) {
            throw new LedgerException(
                    store.describe() + "/" + environment + " holds " + MAX_RECEIPTS
                            + " objects or more: that is no folder of receipts.",
                    "Give the ledger a prefix of its own.");
        }
        return ReceiptListing.of(names);
    }

    private String key(MigrationId id) {
        return environment.value() + "/" + id;
    }
}
