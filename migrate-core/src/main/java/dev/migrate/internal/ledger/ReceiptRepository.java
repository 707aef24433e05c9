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
     * @return its record; empty if there is none
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
     * Writes a receipt. An existing receipt is kept: this attempt sent it before, or another process was first. A receipt that
     * no longer counts is replaced.
     *
     * @param store where
     * @param done the record to write
     * @param over whether another receipt no longer counts
     * @return the record of the receipt that exists now
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
     * Deletes a receipt, because its migration was reverted. Does nothing if there is none, or if it belongs to a later attempt:
     * a late owner must not delete the receipt of a later attempt.
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
     * Lists the migrations that have a receipt. Other objects are ignored.
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
                            + " objects or more, so it is not a folder of receipts.",
                    "Give the ledger a prefix of its own.");
        }
        return ReceiptListing.of(names);
    }

    private String key(MigrationId id) {
        return environment.value() + "/" + id;
    }
}
