/**
 * Notices to people: what they should know within a minute, sent to a topic or a webhook.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.notification;

import org.jspecify.annotations.NullMarked;
