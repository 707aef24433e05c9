package dev.migrate.internal.protocol;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.ReceiptRepository;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.MigrationReport;
import dev.migrate.s3.S3ObjectStore;
import dev.migrate.s3.S3Stores;
import dev.migrate.store.ReadResult;
import dev.migrate.testing.S3MockServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A real S3 server, and the look of one who stands outside, past every proxy. */
final class S3Fixture implements AutoCloseable {

    /** Where the ledgers are. */
    static final String PLACE = "starts";

    private static final String TEMPLATE = "template";

    private final S3MockServer server = S3MockServer.shared();
    private final S3ObjectStore outside = S3Stores.at(server.endpoint(), PLACE, Duration.ofSeconds(30));
    private final String register;
    private final String receipt;

    /** What a start finds. */
    enum Ledger {
        /** Nothing. */
        NONE(0),
        /** A register in which the first migration is applied. */
        REGISTER(1),
        /** Two receipts without a register, as ODIN leaves them. */
        RECEIPTS(2);

        /** How many migrations are done. */
        final int done;

        Ledger(int done) {
            this.done = done;
        }
    }

    S3Fixture() {
        EnvironmentName environment = new EnvironmentName(TEMPLATE);
        try (S3Process first = new S3Process(server.endpoint(), environment, 1, new FastClock(1))) {
            MigrationReport unused = first.run(1, id -> {});
        }
        register = text(TEMPLATE + "/ledger.json");
        receipt = text(TEMPLATE + "/0001");
    }

    URI endpoint() {
        return server.endpoint();
    }

    void put(Ledger ledger, EnvironmentName environment) {
        switch (ledger) {
            case NONE -> {}
            case REGISTER -> {
                put(environment + "/ledger.json", register.replace(TEMPLATE, environment.value()));
                put(environment + "/0001", receipt);
            }
            case RECEIPTS -> {
                put(environment + "/0001", "");
                put(environment + "/0002", "done by ODIN");
            }
        }
    }

    LedgerState state(EnvironmentName environment) {
        return SimLedger.snapshot(outside, environment).state();
    }

    List<MigrationId> receipts(EnvironmentName environment) {
        return new ReceiptRepository(environment).list(outside);
    }

    Optional<AppliedMigration> receipt(EnvironmentName environment, MigrationId id) {
        return new ReceiptRepository(environment).find(outside, id);
    }

    private void put(String key, String content) {
        String unused = outside.create(key, content.getBytes(StandardCharsets.UTF_8));
    }

    private String text(String key) {
        return new String(((ReadResult.Found) outside.read(key)).content(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        outside.close();
    }
}
