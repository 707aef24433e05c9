package dev.migrate.sample;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Needs a LocalStack that runs already. */
@EnabledIfEnvironmentVariable(
        named = LocalStackIT.ENDPOINT,
        matches = "http://.+",
        disabledReason = LocalStackIT.ENDPOINT + " names no LocalStack (such as http://127.0.0.1:4566)")
class LocalStackIT extends LedgerOnRunningServerContract {

    static final String ENDPOINT = "MIGRATE_TEST_LOCALSTACK_ENDPOINT";

    LocalStackIT() {
        super(ENDPOINT);
    }
}
