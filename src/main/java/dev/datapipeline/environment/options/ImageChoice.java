package dev.datapipeline.environment.options;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.sandbox.image.BaseImages;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Checks the base images that clients choose. */
@Singleton
public class ImageChoice {
    private final BaseImages images;

    public ImageChoice(BaseImages images) {
        this.images = images;
    }

    /**
     * @param image null where none is chosen
     * @param pointer where it stands in the document of the client
     * @throws ProblemException UNKNOWN_IMAGE
     */
    public void require(@Nullable String image, String pointer) {
        if (image != null && images.reference(image).isEmpty()) {
            throw ProblemException.invalidField(
                    ProblemType.UNKNOWN_IMAGE,
                    pointer,
                    "There is no such image. Choose one of " + String.join(", ", images.names())
                            + ", or have an administrator add it to the settings datapipeline.sandbox.images.");
        }
    }

    /** The same for what is said of an environment. */
    public void require(@Nullable EnvironmentOptions options, String pointer) {
        require(options == null ? null : options.image(), pointer + "/image");
    }
}
