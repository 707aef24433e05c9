package dev.migrate.internal.text;

import java.util.List;
import java.util.Locale;
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
record KnownSecret(List<String> signs, Pattern form) {

    static final String MASK = "***";

    static final List<KnownSecret> ALL = List.of(
            // Private keys and certificates, also without their end.
            of(
                    List.of("-----begin "),
                    "(?s)-----BEGIN [A-Z0-9 ]{1,40}+-----(?:(?!-----END).)*+(?:-----END [A-Z0-9 ]{0,40}+-{0,5})?"),
            // Access keys of AWS.
            of(List.of("akia", "asia"), "\\b(?:AKIA|ASIA)[A-Z0-9]{12,}+"),
            // JSON Web Tokens.
            of(List.of("eyj"), "\\beyJ[A-Za-z0-9_-]{8,}+(?:\\.[A-Za-z0-9_-]*+){0,4}+"),
            of(
                    List.of("bearer", "basic", "negotiate"),
                    "(?i)\\b((?:bearer|basic|negotiate)\\s{1,3}+)(?=[\\w.~+/-]{0,80}[0-9=])[\\w.~+/=-]{8,}+"),
            // GitHub, GitLab, Slack, Stripe, OpenAI, Google, npm, SendGrid, PyPI, Vault, Docker, Databricks.
            of(List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), "\\bgh[pousr]_[A-Za-z0-9]{10,}+"),
            of(List.of("github_pat_"), "\\bgithub_pat_\\w{10,}+"),
            of(List.of("glpat-"), "\\bglpat-[\\w-]{10,}+"),
            of(List.of("xox"), "\\bxox[abeoprs]-[\\w-]{8,}+"),
            of(List.of("xapp-"), "\\bxapp-[\\w-]{8,}+"),
            of(List.of("k_live_", "k_test_"), "\\b[sr]k_(?:live|test)_\\w{8,}+"),
            of(List.of("sk-"), "\\bsk-[A-Za-z0-9_-]{20,}+"),
            of(List.of("aiza"), "\\bAIza[\\w-]{30,}+"),
            of(List.of("ya29."), "\\bya29\\.[\\w-]{10,}+"),
            of(List.of("npm_"), "\\bnpm_[A-Za-z0-9]{20,}+"),
            of(List.of("sg."), "\\bSG\\.[\\w-]{16,}+\\.[\\w-]{16,}+"),
            of(List.of("pypi-"), "\\bpypi-[\\w-]{16,}+"),
            of(List.of("hvs.", "hvb."), "\\bhv[sb]\\.[\\w-]{16,}+"),
            of(List.of("dckr_pat_"), "\\bdckr_pat_[\\w-]{10,}+"),
            of(List.of("dapi"), "\\bdapi[0-9A-Za-z]{32}"),
            // Who knows the URL of an incoming webhook can write to it.
            of(List.of("hooks.slack.com/"), "(?i)(hooks\\.slack\\.com/)[^\\s\"'<>]++"),
            of(List.of("discord"), "(?i)(discord(?:app)?\\.com/api/webhooks/)[^\\s\"'<>]++"),
            of(List.of("webhook.office.com/"), "(?i)(webhook\\.office\\.com/)[^\\s\"'<>]++"),
            of(List.of("outlook.office.com/webhook/"), "(?i)(outlook\\.office\\.com/webhook/)[^\\s\"'<>]++"),
            of(List.of("api.telegram.org/bot"), "(?i)(api\\.telegram\\.org/bot)[^\\s\"'<>/]++"),
            // SQL that makes users.
            of(
                    List.of("identified"),
                    "(?i)(\\bidentified\\s{1,4}+(?:with\\s{1,4}+\\S{1,40}+\\s{1,4}+)?by\\s{1,4}+(?:password\\s{1,4}+)?)"
                            + "(?:'[^']*+'?|\"[^\"]*+\"?|[^\\s;,]++)"));

    private static final Pattern AWS_KEY = Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{12}");
    private static final KnownSecret BESIDE_AWS_KEY =
            of(List.of(), "(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])");

    private static KnownSecret of(List<String> signs, String form) {
        return new KnownSecret(signs, Pattern.compile(form));
    }

    static String maskAll(String text) {
        // A secret key of AWS has no form of its own; beside an access key it is one.
        String masked = AWS_KEY.matcher(text).find() ? BESIDE_AWS_KEY.mask(text) : text;
        String lowerCase = masked.toLowerCase(Locale.ROOT);
        for (KnownSecret secret : ALL) {
            if (containsAny(lowerCase, secret.signs)) {
                masked = secret.mask(masked);
            }
        }
        return masked;
    }

    /** A plain loop: this runs for each text of a ledger that is read. */
    static boolean containsAny(String text, List<String> signs) {
        for (String sign : signs) {
            if (text.contains(sign)) {
                return true;
            }
        }
        return false;
    }

    String mask(CharSequence text) {
        Matcher matcher = form.matcher(text);
        return matcher.replaceAll(matcher.groupCount() == 0 ? MASK : "$1" + MASK);
    }
}
