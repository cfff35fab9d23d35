package dev.datapipeline.sandbox.image;

import org.jspecify.annotations.Nullable;

/**
 * What a sandbox has before it gets its pipeline.
 *
 * @param image name of its base image
 * @param environment name of the folder with the packages that its scripts import; null where they import none
 */
public record SandboxBase(String image, @Nullable String environment) {
    /** The default image, without packages. */
    public static final SandboxBase DEFAULT = new SandboxBase(BaseImages.DEFAULT, null);

    /** An image without packages. */
    public static SandboxBase of(String image) {
        return new SandboxBase(image, null);
    }
}
