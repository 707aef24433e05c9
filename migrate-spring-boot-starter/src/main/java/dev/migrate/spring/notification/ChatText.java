package dev.migrate.spring.notification;

import dev.migrate.internal.text.ForeignText;

/** Text for chats, in which a stranger's words call nobody, and lead nowhere under another name. */
final class ChatText {

    private ChatText() {}

    /**
     * Takes the mark-up out: {@code <!channel>} and {@code <url|text>} of Slack, {@code @here} and {@code @everyone},
     * {@code <at>} of Teams, links of Markdown. What stands instead looks much the same.
     */
    static String plain(String text) {
        return ForeignText.printable(text)
                .replace('<', '\u2039')
                .replace('>', '\u203a')
                .replace('@', '\uff20')
                .replace("](", "] (");
    }
}
