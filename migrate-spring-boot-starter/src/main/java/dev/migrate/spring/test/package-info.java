/**
 * Tools for the tests and the development of an application: a verifier and a generator of migrations. Start at {@link
 * dev.migrate.spring.test.MigrationsVerifier}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.test;

import org.jspecify.annotations.NullMarked;
