/** Servers for tests, for this module and those that take its test jar. All of them listen on 127.0.0.1 alone. */
package dev.migrate.testing;
