package dev.migrate.chaos;

/**
 * A fault as it was applied to a process.
 *
 * @param signal the signal that was sent
 * @param random whether at a random moment; otherwise while it waited for an answer
 * @param at from when
 * @param until until when, if the process was frozen; {@link Long#MAX_VALUE} while it still is
 */
record AppliedFault(InjectedFault.Signal signal, boolean random, long at, long until) {
    AppliedFault until(long end) {
        return new AppliedFault(signal, random, at, end);
    }
}
