package dev.datapipeline.environment.build;

/** Is told how a build goes on. Called by one thread at a time; must not block for long. */
public interface BuildLog {
    /** A step begins, so the one before has succeeded. A step that fails ends with the exception of the build. */
    void begin(BuildStep step);

    /**
     * The step has got on.
     *
     * @param total what there is to do, in the unit of the step
     */
    void progress(long done, long total);

    /** A line for people, without control characters. */
    void line(String text);

    /** Something that does not keep the environment from being built, but that people should know. */
    void warning(String text);
}
