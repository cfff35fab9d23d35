package dev.datapipeline.sandbox;

/** Whether the Docker engine answered when it was last asked. Answers without asking it. */
public interface DockerAvailability {
    /** True while the engine does not answer, so that no sandbox can be started. */
    boolean isAway();
}
