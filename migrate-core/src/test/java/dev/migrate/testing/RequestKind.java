package dev.migrate.testing;

import java.util.function.Predicate;

/** What a request asks of a ledger in S3. */
public enum RequestKind implements Predicate<ProxiedRequest> {
    READ_REGISTER,
    WRITE_REGISTER,
    READ_RECEIPT,
    WRITE_RECEIPT,
    LIST,
    OTHER;

    static RequestKind of(ProxiedRequest proxied) {
        int query = proxied.path().indexOf('?');
        String path = query < 0 ? proxied.path() : proxied.path().substring(0, query);
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean register = name.equals("ledger.json");
        if (register || name.matches("\\d{4,18}")) {
            return switch (proxied.method()) {
                case "GET" -> register ? READ_REGISTER : READ_RECEIPT;
                case "PUT" -> register ? WRITE_REGISTER : WRITE_RECEIPT;
                default -> OTHER;
            };
        }
        return proxied.method().equals("GET") && proxied.path().contains("list-type=2") ? LIST : OTHER;
    }

    @Override
    public boolean test(ProxiedRequest proxied) {
        return proxied.kind() == this;
    }
}
