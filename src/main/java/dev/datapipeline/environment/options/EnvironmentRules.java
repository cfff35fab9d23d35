package dev.datapipeline.environment.options;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.image.BaseImages;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Checks what clients choose of the sandboxes in which their scripts run: the base image and the memory. */
@Singleton
public class EnvironmentRules {
    /** With less, Python and the engine leave hardly any for records. */
    private static final int LEAST_MEMORY = 128;

    private final BaseImages images;
    private final int mostMemory;

    @Inject
    public EnvironmentRules(BaseImages images, SandboxConfig config) {
        this(images, megabytes(config));
    }

    /** @param mostMemory in megabytes */
    public EnvironmentRules(BaseImages images, int mostMemory) {
        this.images = images;
        this.mostMemory = mostMemory;
    }

    private static int megabytes(SandboxConfig config) {
        SandboxConfig.Limits limits = config.limits();
        long most = Math.max(limits.memory().asLongValue(), limits.maxMemory().asLongValue());
        return Math.toIntExact(most / EnvironmentOptions.MEGABYTE);
    }

    /**
     * @param image null where none is chosen
     * @param pointer where it stands in the document of the client
     * @throws ProblemException UNKNOWN_IMAGE
     */
    public void requireImage(@Nullable String image, String pointer) {
        if (image != null && images.reference(image).isEmpty()) {
            throw ProblemException.invalidField(
                    ProblemType.UNKNOWN_IMAGE,
                    pointer,
                    "There is no such image. Choose one of " + String.join(", ", images.names())
                            + ", or have an administrator add it to the settings datapipeline.sandbox.images.");
        }
    }

    /**
     * @param megabytes null where nothing is chosen
     * @param pointer where it stands in the document of the client
     * @throws ProblemException OUT_OF_RANGE
     */
    public void requireMemory(@Nullable Integer megabytes, String pointer) {
        if (megabytes != null && (megabytes < LEAST_MEMORY || megabytes > mostMemory)) {
            throw ProblemException.invalidField(
                    ProblemType.OUT_OF_RANGE,
                    pointer,
                    "The memory of a sandbox is from %d to %d megabytes. An administrator can allow more with datapipeline.sandbox.limits.max-memory."
                            .formatted(LEAST_MEMORY, mostMemory));
        }
    }

    /**
     * The same for all that is said of an environment.
     *
     * @throws ProblemException UNKNOWN_IMAGE or OUT_OF_RANGE
     */
    public void require(@Nullable EnvironmentOptions options, String pointer) {
        if (options != null) {
            requireImage(options.image(), pointer + "/image");
            requireMemory(options.memoryMegabytes(), pointer + "/memoryMegabytes");
        }
    }
}
