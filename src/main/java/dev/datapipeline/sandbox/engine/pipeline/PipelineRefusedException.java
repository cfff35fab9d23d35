package dev.datapipeline.sandbox.engine.pipeline;

import dev.datapipeline.sandbox.engine.ScriptError;

/** The engine cannot run the pipeline, because a script does not load. The mistake of the user, never of the infrastructure. */
public final class PipelineRefusedException extends Exception {
    private final transient ScriptError error;

    public PipelineRefusedException(ScriptError error) {
        super(error.message());
        this.error = error;
    }

    public ScriptError error() {
        return error;
    }
}
