package dev.datapipeline.worker;

import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.BatchSummary;

/** A sandbox in which every record succeeds at once. */
final class FakeSandbox implements Sandbox {
    private final String id;
    private final Runnable onClosed;
    int cuts;

    FakeSandbox() {
        this("sandbox", () -> {});
    }

    FakeSandbox(String id, Runnable onClosed) {
        this.id = id;
        this.onClosed = onClosed;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public BatchSummary run(BatchInput input, BatchOutput output) {
        return new BatchSummary(input.records(), input.records(), 0, 0);
    }

    @Override
    public void cutShort() {
        cuts++;
    }

    @Override
    public void close() {
        onClosed.run();
    }
}
