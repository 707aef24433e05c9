/**
 * The API for writing migrations: the annotation and the kinds of action. Start at {@link dev.migrate.Migration}.
 *
 * <p>Supported API.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate;

import org.jspecify.annotations.NullMarked;
