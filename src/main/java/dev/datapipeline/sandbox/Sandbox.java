package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;

/** A sandbox on loan to one thread. Closing gives it back, or destroys it when anything went wrong with it. */
public interface Sandbox extends AutoCloseable {
    /** Identifies the sandbox over all instances and time; lower-case letters, digits and dashes. */
    String id();

    /**
     * Streams the records in and the results out; returns when the engine said DONE and the counts match.
     *
     * @throws SandboxFailureException the sandbox died, was released or broke the protocol; what the output received is void
     * @throws IOException the input or the output failed; what the output received is void
     */
    BatchSummary run(BatchInput input, BatchOutput output) throws SandboxFailureException, IOException;

    /** Ends what runs in it at once, from any thread: its batch ends with {@link SandboxFailure#CLOSED}. It still has to be closed. */
    void cutShort();

    @Override
    void close();
}
