package dev.migrate.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one start of an action left in the file.
 *
 * @param lines its lines
 * @param first where the first of them stands in the file
 * @param last where it says that it is over; {@link Integer#MAX_VALUE} when it never says so
 */
record Execution(List<ActionLine> lines, int first, int last) {

    static List<Execution> of(List<ActionLine> file) {
        Map<String, List<Integer>> byToken = new LinkedHashMap<>();
        for (int i = 0; i < file.size(); i++) {
            byToken.computeIfAbsent(file.get(i).token(), token -> new ArrayList<>())
                    .add(i);
        }
        return byToken.values().stream()
                .map(places -> new Execution(
                        places.stream().map(file::get).toList(),
                        places.get(0),
                        places.stream()
                                .filter(place -> file.get(place).what().isOver())
                                .findFirst()
                                .orElse(Integer.MAX_VALUE)))
                .toList();
    }

    ActionLine start() {
        return lines.get(0);
    }

    String id() {
        return start().id();
    }

    boolean has(ActionLine.What what) {
        return lines.stream().anyMatch(line -> line.what() == what);
    }

    long count(ActionLine.What what) {
        return lines.stream().filter(line -> line.what() == what).count();
    }

    /** It did all, and nothing came in between while it said so. */
    boolean returned() {
        return has(ActionLine.What.END) && !has(ActionLine.What.CUT);
    }

    @Override
    public String toString() {
        return id() + " attempt " + start().attempt() + " by " + start().pid();
    }
}
