package dev.migrate.chaos;

import dev.migrate.chaos.InjectedFault.Signal;
import dev.migrate.chaos.Round.Result;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happened in all rounds, one column for each server. */
final class FaultMatrix {

    private final Map<String, List<Result>> servers;

    FaultMatrix(Collection<Result> results) {
        servers = results.stream().collect(Collectors.groupingBy(Result::server, TreeMap::new, Collectors.toList()));
    }

    /** What did not happen on any server. */
    List<String> missing() {
        List<Result> all = servers.values().stream().flatMap(List::stream).toList();
        List<String> missing = InjectedFault.points().stream()
                .flatMap(point -> List.of(Signal.values()).stream()
                        .filter(signal -> count(all, signal, point) == 0)
                        .map(signal -> signal + " " + point))
                .collect(Collectors.toList());
        Coverage.count(all).forEach((what, count) -> {
            if (count == 0 && what != Coverage.HELD_UP) {
                missing.add(what.title());
            }
        });
        return missing;
    }

    private static long count(List<Result> results, Signal signal, InjectedFault.Point point) {
        return results.stream()
                .flatMap(result -> result.happened().stream())
                .filter(one -> one.signal() == signal && one.point().equals(point))
                .count();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        servers.forEach((server, results) -> {
            text.append(String.format(
                    "%-34s %8s %8s %8s%n", server + ", " + results.size() + " rounds", "KILL", "STOP", "TERM"));
            for (InjectedFault.Point point : InjectedFault.points()) {
                text.append(String.format("  %-32s", point));
                for (Signal signal : Signal.values()) {
                    text.append(String.format(" %8d", count(results, signal, point)));
                }
                text.append(System.lineSeparator());
            }
            Coverage.count(results)
                    .forEach((what, count) -> text.append(String.format("  %-52s %7d%n", what.title(), count)));
        });
        return text.toString();
    }
}
