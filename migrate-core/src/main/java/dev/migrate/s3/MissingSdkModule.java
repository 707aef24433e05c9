package dev.migrate.s3;

import dev.migrate.internal.text.ForeignText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The module of the SDK without which it cannot use a profile: one of AWS IAM Identity Center (SSO), or one that assumes a
 * role. The SDK has no type for it, so its message is read.
 *
 * @param reason the sentence of the SDK
 * @param module the name of the module, such as {@code sso}
 */
record MissingSdkModule(String reason, String module) {

    private static final Pattern SENTENCE = Pattern.compile(
            "To use [^\\[\\]]{1,200}?, the '([a-z0-9-]{1,40})' service module must be on the class path");

    /** Finds the sentence in a message, which can contain those of several providers. */
    static Optional<MissingSdkModule> in(String message) {
        Matcher matcher = SENTENCE.matcher(message);
        return matcher.find()
                ? Optional.of(new MissingSdkModule(ForeignText.safe(matcher.group()), matcher.group(1)))
                : Optional.empty();
    }

    /** What to do. A profile with an SSO session needs two modules. */
    String action() {
        return "Add "
                + (module.equals("sso")
                        ? "the dependencies software.amazon.awssdk:sso and software.amazon.awssdk:ssooidc"
                        : "the dependency software.amazon.awssdk:" + module)
                + " to the application, or use credentials of another kind.";
    }
}
