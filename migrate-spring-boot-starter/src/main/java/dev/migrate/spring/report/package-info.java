/**
 * How migrations stand, and what happened to them, put together for whoever tells it: the commands, the management
 * endpoint, the pages. Public for those packages; not meant for applications.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.report;

import org.jspecify.annotations.NullMarked;
