package dev.migrate.internal.protocol;

/**
 * The states that were seen, by a hash of 64 bits each: millions of them fit into memory. That two of six million states
 * share one, and a road is left out, has a chance of one in a million.
 */
final class VisitedStates {

    private long[] slots = new long[1 << 16];
    private int size;

    /** Whether the state is new. */
    boolean add(long hash) {
        long wanted = hash == 0 ? 1 : hash;
        if (size * 2L > slots.length) {
            grow();
        }
        int slot = slot(wanted);
        if (slots[slot] == wanted) {
            return false;
        }
        slots[slot] = wanted;
        size++;
        return true;
    }

    int size() {
        return size;
    }

    private int slot(long wanted) {
        int slot = (int) (wanted >>> 32) & slots.length - 1;
        while (slots[slot] != 0 && slots[slot] != wanted) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long one : old) {
            if (one != 0) {
                slots[slot(one)] = one;
            }
        }
    }

    /** A hash in which every bit depends on every character. */
    static long hash(CharSequence text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ hash >>> 29) * 0xBF58476D1CE4E5B9L;
        return hash ^ hash >>> 32;
    }
}
