package dev.migrate.spring.notification;

/**
 * Brings notices to people. A bean of this type gets every notice, besides what {@code migrate.notify.*} sets up.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Notifier {

    /**
     * Sends a notice. Called on a thread that waits for nothing else; an exception is logged and changes nothing.
     *
     * @param notice the notice
     * @throws Exception if it cannot be sent
     */
    void send(Notification notice) throws Exception;
}
