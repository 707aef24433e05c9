/**
 * Text that others wrote, made fit to be shown or kept: without secrets, and in one printable line. Start with {@link
 * dev.migrate.internal.text.ForeignText}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.text;

import org.jspecify.annotations.NullMarked;
