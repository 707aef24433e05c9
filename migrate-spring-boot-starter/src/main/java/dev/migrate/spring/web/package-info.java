/**
 * The gate: no request is served before the migrations are applied.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.web;

import org.jspecify.annotations.NullMarked;
