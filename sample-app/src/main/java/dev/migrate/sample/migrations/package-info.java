/** What was done to the cars, once in each environment. */
@NullMarked
package dev.migrate.sample.migrations;

import org.jspecify.annotations.NullMarked;
