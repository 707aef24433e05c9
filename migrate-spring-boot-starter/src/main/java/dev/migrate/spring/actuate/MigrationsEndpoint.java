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
 * {@code /actuator/migrations}: how every migration stands, and what this process makes of it; for programs as JSON, for
 * people as a page. It answers with what it knows, also when the ledger cannot be read, and changes nothing.
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
    private final CachedLedgerReader view;

    MigrationsEndpoint(boolean enabled, MigrationMonitor monitor, CachedLedgerReader view) {
        this.enabled = enabled;
        this.monitor = monitor;
        this.view = view;
    }

    @ReadOperation(produces = {JSON, JSON_3, JSON_2})
    WebEndpointResponse<byte[]> json() {
        return new WebEndpointResponse<>(bytes(MigrationsDescriptorJson.of(facts())));
    }

    @ReadOperation(produces = {JSON, JSON_3, JSON_2})
    WebEndpointResponse<byte[]> jsonOfOne(@Selector String id) {
        MigrationsDescriptor facts = facts();
        return new WebEndpointResponse<>(bytes(MigrationsDescriptorJson.of(facts, id)), status(facts, id));
    }

    @ReadOperation(produces = HTML)
    WebEndpointResponse<byte[]> page() {
        return new WebEndpointResponse<>(bytes(StatusPage.of(facts(), Instant.now())), PAGE);
    }

    @ReadOperation(produces = HTML)
    WebEndpointResponse<byte[]> pageOfOne(@Selector String id) {
        MigrationsDescriptor facts = facts();
        return new WebEndpointResponse<>(bytes(StatusPage.of(facts, id, Instant.now())), status(facts, id), PAGE);
    }

    private MigrationsDescriptor facts() {
        return MigrationsDescriptor.of(enabled, monitor, view);
    }

    private static int status(MigrationsDescriptor facts, String id) {
        return facts.isNowhere(id) ? WebEndpointResponse.STATUS_NOT_FOUND : WebEndpointResponse.STATUS_OK;
    }

    /** What is made of a text by the application's converters, or its JSON mapper, would be for the application to say. */
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
