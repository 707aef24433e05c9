package dev.migrate.internal.text;

/** Masks what looks like a secret: by its own form, before a host, or behind a name such as {@code password}. */
final class SecretMasker {

    private SecretMasker() {}

    static String mask(String text) {
        String masked = KnownSecret.maskAll(text);
        // Nearly no text has either, and the searches for them take longest where they find nothing.
        if (masked.indexOf('@') >= 0) {
            masked = UserInfo.mask(masked);
        }
        return SecretName.mayBeIn(masked) ? NamedSecrets.mask(masked) : masked;
    }
}
