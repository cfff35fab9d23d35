package dev.datapipeline.sandbox;

/** Whether the Docker engine is there, as far as is known without asking it. */
public interface DockerAvailability {
    /** It did not answer when it was last asked; nothing that needs a new sandbox can be begun. */
    boolean isAway();
}
