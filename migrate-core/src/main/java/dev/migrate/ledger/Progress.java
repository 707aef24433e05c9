package dev.migrate.ledger;

/**
 * How far a resumable action has come.
 *
 * @param done how many units are done
 * @param total how many there are; 0 when that is not known
 * @since 0.1
 */
public record Progress(long done, long total) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative, or the total is known and lower than what is done
     */
    public Progress {
        if (done < 0 || total < 0 || (total > 0 && done > total)) {
            throw new IllegalArgumentException("progress " + done + " of " + total + " is out of range");
        }
    }

    @Override
    public String toString() {
        return total > 0 ? done + " of " + total : Long.toString(done);
    }
}
