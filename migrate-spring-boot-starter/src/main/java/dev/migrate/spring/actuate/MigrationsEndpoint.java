package dev.migrate.spring.actuate;

import dev.migrate.spring.startup.MigrationMonitor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.util.MimeType;

/**
 * The endpoint {@code /actuator/migrations}: the state of every migration and of the startup of this process, as JSON
 * or as an HTML page. It is read-only. If the ledger cannot be read, it answers with the state of the process and the
 * last known result.
 */
@WebEndpoint(id = "migrations")
final class MigrationsEndpoint {

    private static final String JSON = "application/json";
    private static final String JSON_2 = "application/vnd.spring-boot.actuator.v2+json";
    private static final String JSON_3 = "application/vnd.spring-boot.actuator.v3+json";
    private static final String HTML = "text/html";
    private static final MimeType PAGE = new MimeType("text", "html", StandardCharsets.UTF_8);

    private final boolean enabled;
    private final MigrationMonitor monitor;
    private final CachedLedgerReader ledgerReader;

    MigrationsEndpoint(boolean enabled, MigrationMonitor monitor, CachedLedgerReader ledgerReader) {
        this.enabled = enabled;
        this.monitor = monitor;
        this.ledgerReader = ledgerReader;
    }

    @ReadOperation(produces = {JSON, JSON_3, JSON_2})
    WebEndpointResponse<byte[]> json() {
        return new WebEndpointResponse<>(bytes(MigrationsDescriptorJson.of(descriptor())));
    }

    @ReadOperation(produces = {JSON, JSON_3, JSON_2})
    WebEndpointResponse<byte[]> jsonOfOne(@Selector String id) {
        MigrationsDescriptor descriptor = descriptor();
        return new WebEndpointResponse<>(bytes(MigrationsDescriptorJson.of(descriptor, id)), status(descriptor, id));
    }

    @ReadOperation(produces = HTML)
    WebEndpointResponse<byte[]> page() {
        return new WebEndpointResponse<>(bytes(StatusPage.of(descriptor(), Instant.now())), PAGE);
    }

    @ReadOperation(produces = HTML)
    WebEndpointResponse<byte[]> pageOfOne(@Selector String id) {
        MigrationsDescriptor descriptor = descriptor();
        return new WebEndpointResponse<>(
                bytes(StatusPage.of(descriptor, id, Instant.now())), status(descriptor, id), PAGE);
    }

    private MigrationsDescriptor descriptor() {
        return MigrationsDescriptor.of(enabled, monitor, ledgerReader);
    }

    private static int status(MigrationsDescriptor descriptor, String id) {
        return descriptor.isAbsent(id) ? WebEndpointResponse.STATUS_NOT_FOUND : WebEndpointResponse.STATUS_OK;
    }

    /** Bytes bypass the application's message converters and JSON mapper, which could change the text. */
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
