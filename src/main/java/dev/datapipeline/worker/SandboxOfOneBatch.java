package dev.datapipeline.worker;

import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;

/**
 * A sandbox that nobody gets after this batch.
 *
 * @param destruction done after it was given back
 */
record SandboxOfOneBatch(Sandbox sandbox, Runnable destruction) implements Sandbox {
    @Override
    public String id() {
        return sandbox.id();
    }

    @Override
    public BatchSummary run(BatchInput input, BatchOutput output) throws SandboxFailureException, IOException {
        return sandbox.run(input, output);
    }

    @Override
    public void cutShort() {
        sandbox.cutShort();
    }

    @Override
    public void close() {
        sandbox.close();
        destruction.run();
    }
}
