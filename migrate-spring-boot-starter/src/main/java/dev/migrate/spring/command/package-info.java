/**
 * Operating the migrations with the application's own image: one command and its exit code ({@code migrate.mode=once}), or
 * a start that runs nothing and refuses to serve while something is pending ({@code migrate.mode=verify}).
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.command;

import org.jspecify.annotations.NullMarked;
