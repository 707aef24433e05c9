package dev.migrate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a one-time operation. Put it on a class that implements {@link MigrationAction}, or on a
 * {@code @Bean} method that returns one.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Migration {

    /**
     * The sequence number: 4 to 18 digits, compared as a number. Migrations run in its order. A value of another form
     * is malformed: that migration is left out, with a warning that names it.
     *
     * @return the sequence number, such as {@code "0003"}
     */
    String value();

    /**
     * The environments in which the migration runs. A trailing {@code *} matches any ending: {@code "odin-*"}.
     *
     * @return the environments; empty for every environment
     */
    String[] environments() default {};

    /**
     * The name by which the ledger remembers the migration. Once it is applied, another name under its number fails
     * the start: the renamed class would never run.
     *
     * @return the name; empty for the simple name of the class, or the name of the {@code @Bean} method
     */
    String name() default "";

    /**
     * Whether the action is idempotent, so that Migrate may start it again after an attempt that did not finish. Running it
     * twice, or once in part and once in full, must have the effect of running it once.
     *
     * @return whether the action is idempotent
     */
    boolean rerunnable() default false;
}
