/**
 * What helps to write migrations: a check of all of them for the tests of an application, and the next one, begun. A
 * running application uses none of it.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.test;

import org.jspecify.annotations.NullMarked;
