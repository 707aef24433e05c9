package dev.migrate.spring.notification;

/**
 * Sends notifications. A bean of this type receives every notification, in addition to the targets in {@code
 * migrate.notify.*}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Notifier {

    /**
     * Sends a notification. Migrate calls it on a separate thread, logs an exception, and continues.
     *
     * @param notification the notification
     * @throws Exception if it was not sent
     */
    void send(Notification notification) throws Exception;
}
