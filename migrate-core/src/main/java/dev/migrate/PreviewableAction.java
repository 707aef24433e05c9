package dev.migrate;

/**
 * An action that can say beforehand what it would do.
 *
 * @since 0.1
 */
public interface PreviewableAction extends MigrationAction {

    /**
     * Says what {@link #migrate()} would do now, such as how many rows it would change. It must change nothing. Called by
     * the command {@code plan} alone, on an object made for it, for a migration that the next start would run; other
     * processes may run migrations meanwhile.
     *
     * @return one line, or a few
     * @throws Exception if it cannot say; the plan shows that and goes on
     */
    String preview() throws Exception;
}
