/**
 * Makes text from outside safe to show and to store: it removes secrets and control characters. Start at
 * {@link dev.migrate.internal.text.ForeignText}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.text;

import org.jspecify.annotations.NullMarked;
