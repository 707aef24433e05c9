package dev.migrate.internal.protocol;

/**
 * Judges a history by what really ran and by what the store holds; it knows nothing of how the protocol works. Each part
 * judges the promises of one kind.
 */
final class SimChecker {

    private final SimCheckpoints checkpoints;
    private final SimRegister register;
    private final SimStarts starts;
    private final SimOwners owners;
    private final SimEnding ending;

    SimChecker(SimWorld world) {
        SimHistory past = new SimHistory(world);
        this.checkpoints = new SimCheckpoints(world);
        this.register = new SimRegister(world, past, checkpoints);
        this.starts = new SimStarts(world, past, register);
        this.owners = new SimOwners(world, past);
        this.ending = new SimEnding(world, past, register, owners);
    }

    /** An action starts. */
    void started(SimWorld.Execution start) {
        look();
        owners.goesOn(start.process);
        starts.judge(start);
        checkpoints.started(start);
    }

    /** An action has saved a checkpoint. */
    void saved(SimWorld.Execution execution) {
        checkpoints.saved(execution);
    }

    /** A process begins to serve. */
    void serves(SimProcess process) {
        owners.serves(process);
    }

    /** A process ends as it was told to. */
    void shutDown(SimProcess process) {
        owners.goesOn(process);
        checkpoints.shutDown(process);
    }

    /** A process ends because it is refused what a person asked of it. */
    void refused(SimProcess process) {
        owners.goesOn(process);
    }

    /** To be called after every event. */
    void look() {
        register.look();
    }

    /** What must be true when the faults have ended and everybody has had time. */
    void end(SimProcess last) {
        ending.judge(last);
    }
}
