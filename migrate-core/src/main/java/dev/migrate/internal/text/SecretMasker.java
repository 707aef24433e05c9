package dev.migrate.internal.text;

/** Masks what looks like a secret: by its own form, before a host, or behind a name such as {@code password}. */
final class SecretMasker {

    private SecretMasker() {}

    static String mask(String text) {
        return NamedSecrets.mask(UserInfo.mask(KnownSecret.maskAll(text)));
    }
}
