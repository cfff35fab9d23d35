package dev.datapipeline.sandbox.engine;

/** The engine looked at the pipeline and cannot run it: a script does not load. The user's mistake, never the infrastructure's. */
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
