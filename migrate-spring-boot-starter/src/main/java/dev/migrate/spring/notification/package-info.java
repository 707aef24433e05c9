/**
 * Notifications for operators, sent to an SNS topic or a webhook. Start with {@link
 * dev.migrate.spring.notification.NotificationListener}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.notification;

import org.jspecify.annotations.NullMarked;
