package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import java.util.List;

/** What really happened to one migration of a simulated world, both ways. */
final class SimHistory {

    private final SimWorld world;

    SimHistory(SimWorld world) {
        this.world = world;
    }

    List<SimWorld.Execution> of(MigrationId id) {
        return world.executions.stream().filter(e -> e.id.equals(id)).toList();
    }

    /** What ran of a migration, both ways, since it was last reverted. */
    List<SimWorld.Execution> sinceReverted(MigrationId id) {
        long byHand = byHand(id);
        List<SimWorld.Execution> runs = of(id);
        int from = 0;
        for (int i = 0; i < runs.size(); i++) {
            SimWorld.Execution run = runs.get(i);
            if (run.startedAt <= byHand || run.reverts && run.returned()) {
                from = i + 1;
            }
        }
        return runs.subList(from, runs.size());
    }

    /** Whether a migration was reverted later than it last began to be applied. */
    boolean isReverted(MigrationId id) {
        long applied = -1;
        long reverted = byHand(id);
        for (SimWorld.Execution run : of(id)) {
            if (!run.reverts) {
                applied = Math.max(applied, run.startedAt);
            } else if (run.returned()) {
                reverted = Math.max(reverted, run.startedAt);
            }
        }
        return reverted >= 0 && reverted >= applied;
    }

    /** Whether a migration was reverted, or decided on by a person, since an action of it started. */
    boolean isDecidedSince(SimWorld.Execution start) {
        return byHand(start.id) >= start.startedAt
                || world.allowedAt.getOrDefault(start.id, -1L) >= start.startedAt
                || of(start.id).stream().anyMatch(e -> e.reverts && e.returned() && e.startedAt >= start.startedAt);
    }

    private long byHand(MigrationId id) {
        return world.revertedByHand.getOrDefault(id, -1L);
    }
}
