/**
 * What a user of the library writes against: the annotation, the three kinds of action, and the names they go by.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate;

import org.jspecify.annotations.NullMarked;
