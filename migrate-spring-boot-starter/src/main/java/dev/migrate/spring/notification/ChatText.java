package dev.migrate.spring.notification;

import dev.migrate.internal.text.ForeignText;

/** Text for chats, without mark-up that would notify members or disguise a link. */
final class ChatText {

    private ChatText() {}

    /**
     * Replaces mark-up with similar characters: {@code <!channel>} and {@code <url|text>} of Slack, {@code @here} and {@code @everyone},
     * {@code <at>} of Teams, and links of Markdown.
     */
    static String plain(String text) {
        return ForeignText.printable(text)
                .replace('<', '\u2039')
                .replace('>', '\u203a')
                .replace('@', '\uff20')
                .replace("](", "] (");
    }
}
