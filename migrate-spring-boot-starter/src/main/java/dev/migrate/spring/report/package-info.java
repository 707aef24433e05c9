/**
 * The state and the history of migrations, prepared for the commands, the management endpoint and the pages. Start with
 * {@link dev.migrate.spring.report.StatusReport}. The types are public for those packages, not for applications.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.report;

import org.jspecify.annotations.NullMarked;
