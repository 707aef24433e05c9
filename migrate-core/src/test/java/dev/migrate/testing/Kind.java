package dev.migrate.testing;

import java.util.function.Predicate;

/** What a request asks of a ledger in S3. */
public enum Kind implements Predicate<Seen> {
    READ_REGISTER,
    WRITE_REGISTER,
    READ_RECEIPT,
    WRITE_RECEIPT,
    LIST,
    OTHER;

    static Kind of(Seen seen) {
        int query = seen.path().indexOf('?');
        String path = query < 0 ? seen.path() : seen.path().substring(0, query);
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean register = name.equals("ledger.json");
        if (register || name.matches("\\d{4,18}")) {
            return switch (seen.method()) {
                case "GET" -> register ? READ_REGISTER : READ_RECEIPT;
                case "PUT" -> register ? WRITE_REGISTER : WRITE_RECEIPT;
                default -> OTHER;
            };
        }
        return seen.method().equals("GET") && seen.path().contains("list-type=2") ? LIST : OTHER;
    }

    @Override
    public boolean test(Seen seen) {
        return seen.kind() == this;
    }
}
