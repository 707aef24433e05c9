package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Waits for half a minute, as a service in production does; the others need not wait for it. */
@Execution(ExecutionMode.CONCURRENT)
class MendedPolicyIT extends OnTroubledLedger {

    @Test
    void denied_access_blocks_and_a_mended_policy_needs_no_new_start() {
        try (StubS3 s3 = new StubS3(StubS3.Manner.DENIES);
                Service service = at(s3.endpoint()).start()) {
            assertThat(service.awaitBlocked()).contains("bucket", "s3:ListBucket", "s3:GetObject");
            assertShut(service);
            s3.becomes(StubS3.Manner.FINE);
            service.awaitReady();
            assertThat(trace.lines()).containsExactly("0011", "0012", "0013");
            assertThat(s3.objects()).containsKeys(LEDGER, "cars/odin-dev/0011");
        }
    }
}
