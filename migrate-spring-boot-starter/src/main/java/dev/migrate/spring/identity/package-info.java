/**
 * Resolves the environment, the deployment and the owner of this process. Start at {@code ProcessIdentityResolver}.
 *
 * <p>Internal: may change without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.identity;

import org.jspecify.annotations.NullMarked;
