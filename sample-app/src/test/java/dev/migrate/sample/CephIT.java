package dev.migrate.sample;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Needs a Ceph gateway with a user whose keys are {@code test} and {@code testsecret}. */
@EnabledIfEnvironmentVariable(
        named = CephIT.ENDPOINT,
        matches = "http://.+",
        disabledReason = CephIT.ENDPOINT + " names no Ceph gateway (such as http://127.0.0.1:7480)")
class CephIT extends LedgerOnRunningServerContract {

    static final String ENDPOINT = "MIGRATE_TEST_CEPH_ENDPOINT";

    CephIT() {
        super(ENDPOINT);
    }
}
