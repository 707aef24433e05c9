/**
 * What the proxies of Spring can do to the call of a migration: return too early, or fail to be made. Start with {@link
 * dev.migrate.spring.proxy.ProxyValidator}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.proxy;

import org.jspecify.annotations.NullMarked;
