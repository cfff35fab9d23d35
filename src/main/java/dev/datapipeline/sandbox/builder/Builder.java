package dev.datapipeline.sandbox.builder;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;
import java.util.function.Consumer;

/** A container that carries out orders, one at a time, for one thread. {@link #abort()} may be called by any thread. */
public interface Builder extends AutoCloseable {
    /** What its Python and its installer are made for. */
    BuilderTarget inspect() throws SandboxFailureException, InterruptedException;

    /**
     * Has the installer of the image choose wheels.
     *
     * @param log receives lines of the installer, without control characters
     */
    Resolution resolve(ResolveOrder order, Consumer<String> log) throws SandboxFailureException, InterruptedException;

    /**
     * Compiles modules. Those that cannot be compiled are left out, as are those for which the time is not enough.
     *
     * @throws IOException from {@code files}
     */
    CompileCount compile(CompileOrder order, CompiledFiles files)
            throws SandboxFailureException, IOException, InterruptedException;

    /** Ends the order under way with CLOSED. */
    void abort();

    /** Removes the container; never fails. */
    @Override
    void close();
}
