package dev.migrate.internal.text;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A secret that is recognized by its own form, independent of the text before it.
 *
 * <p>Each pattern begins with fixed characters and repeats possessively or a bounded number of times, so that a search
 * takes time in proportion to the text.
 *
 * @param form the pattern; its group, if any, is kept
 */
record KnownSecret(Pattern form) {

    static final String MASK = "***";

    static final List<KnownSecret> ALL = List.of(
            // Private keys and certificates, also without their end.
            of("(?s)-----BEGIN [A-Z0-9 ]{1,40}+-----(?:(?!-----END).)*+(?:-----END [A-Z0-9 ]{0,40}+-{0,5})?"),
            // Access keys of AWS.
            of("\\b(?:AKIA|ASIA)[A-Z0-9]{12,}+"),
            // JSON Web Tokens.
            of("\\beyJ[A-Za-z0-9_-]{8,}+(?:\\.[A-Za-z0-9_-]*+){0,4}+"),
            of("(?i)\\b((?:bearer|basic|negotiate)\\s{1,3}+)(?=[\\w.~+/-]{0,80}[0-9=])[\\w.~+/=-]{8,}+"),
            // GitHub, GitLab, Slack, Stripe, OpenAI, Google, npm, SendGrid, PyPI, Vault, Docker, Databricks.
            of("\\bgh[pousr]_[A-Za-z0-9]{10,}+"),
            of("\\bgithub_pat_\\w{10,}+"),
            of("\\bglpat-[\\w-]{10,}+"),
            of("\\bxox[abeoprs]-[\\w-]{8,}+"),
            of("\\bxapp-[\\w-]{8,}+"),
            of("\\b[sr]k_(?:live|test)_\\w{8,}+"),
            of("\\bsk-[A-Za-z0-9_-]{20,}+"),
            of("\\bAIza[\\w-]{30,}+"),
            of("\\bya29\\.[\\w-]{10,}+"),
            of("\\bnpm_[A-Za-z0-9]{20,}+"),
            of("\\bSG\\.[\\w-]{16,}+\\.[\\w-]{16,}+"),
            of("\\bpypi-[\\w-]{16,}+"),
            of("\\bhv[sb]\\.[\\w-]{16,}+"),
            of("\\bdckr_pat_[\\w-]{10,}+"),
            of("\\bdapi[0-9a-f]{32}"),
            // Who knows the URL of an incoming webhook can write to it.
            of("(?i)(hooks\\.slack\\.com/)[^\\s\"'<>]++"),
            of("(?i)(discord(?:app)?\\.com/api/webhooks/)[^\\s\"'<>]++"),
            of("(?i)(webhook\\.office\\.com/)[^\\s\"'<>]++"),
            of("(?i)(outlook\\.office\\.com/webhook/)[^\\s\"'<>]++"),
            of("(?i)(api\\.telegram\\.org/bot)[^\\s\"'<>/]++"),
            // SQL that makes users.
            of("(?i)(\\bidentified\\s{1,4}+(?:with\\s{1,4}+\\S{1,40}+\\s{1,4}+)?by\\s{1,4}+(?:password\\s{1,4}+)?)"
                    + "(?:'[^']*+'?|\"[^\"]*+\"?|[^\\s;,]++)"));

    private static final Pattern AWS_KEY = Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{12}");
    private static final KnownSecret BESIDE_AWS_KEY = of("(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])");

    private static KnownSecret of(String form) {
        return new KnownSecret(Pattern.compile(form));
    }

    static String maskAll(String text) {
        // A secret key of AWS has no form of its own; beside an access key it is one.
        String masked = AWS_KEY.matcher(text).find() ? BESIDE_AWS_KEY.mask(text) : text;
        for (KnownSecret secret : ALL) {
            masked = secret.mask(masked);
        }
        return masked;
    }

    String mask(CharSequence text) {
        Matcher matcher = form.matcher(text);
        return matcher.replaceAll(matcher.groupCount() == 0 ? MASK : "$1" + MASK);
    }
}
