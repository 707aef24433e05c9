package dev.migrate.spring.command;

import dev.migrate.MigrationId;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Operator;
import dev.migrate.run.LedgerDesk;
import dev.migrate.run.MigrationDefinition;
import dev.migrate.spring.Workplace;
import dev.migrate.spring.report.HistoryRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands that change the ledger and run nothing. */
record Deciding(Workplace place, LedgerDesk desk, Operator by, @Nullable String reason) {

    Answer stamp(MigrationId to) {
        List<MigrationId> stamped = desk.stamp(place.migrations(), to, by, reason);
        return answer(stamped.stream()
                .map(id -> new Answer.Decided(id, name(id), Answer.Became.APPLIED))
                .toList());
    }

    Answer resolve(MigrationId id) {
        requireKnown(id);
        return answer(List.of(became(id, desk.resolve(id, by, reason))));
    }

    Answer retry(MigrationId id) {
        requireKnown(id);
        return answer(List.of(became(id, desk.retry(id, by, reason))));
    }

    /** What a build has no class for can be decided on as well, if the ledger has heard of it. */
    private void requireKnown(MigrationId id) {
        boolean told = HistoryRow.of(desk.state()).stream()
                .anyMatch(row -> row.attempt().id().equals(id));
        if (!told) {
            Reading.requireKnown(place, id);
        }
    }

    private Answer answer(List<Answer.Decided> changed) {
        return new Answer.Decision(changed, by, reason);
    }

    private Answer.Decided became(MigrationId id, LedgerState now) {
        return new Answer.Decided(
                id, name(id), now.applied(id).isPresent() ? Answer.Became.APPLIED : Answer.Became.PENDING);
    }

    private @Nullable String name(MigrationId id) {
        return place.migrations().stream()
                .filter(migration -> migration.id().equals(id))
                .map(MigrationDefinition::name)
                .findFirst()
                .orElse(null);
    }
}
