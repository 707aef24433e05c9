package dev.migrate.testing;

/**
 * A request that left a client.
 *
 * @param number which one it is of those that the proxy saw, from 1
 * @param method its method
 * @param path its path with the query
 */
public record ProxiedRequest(int number, String method, String path) {

    /** What it asks of a ledger. */
    public RequestKind kind() {
        return RequestKind.of(this);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
