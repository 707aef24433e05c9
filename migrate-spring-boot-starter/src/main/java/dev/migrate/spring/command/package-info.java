/**
 * The modes that run the application's image for an operator: one command and its exit code ({@code migrate.mode=once}), or a
 * start that runs no migration and fails while one is pending ({@code migrate.mode=verify}). Start with {@link
 * dev.migrate.spring.command.CommandTask}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.command;

import org.jspecify.annotations.NullMarked;
