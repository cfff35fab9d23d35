package dev.datapipeline.environment.options;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.datapipeline.sandbox.image.BaseImages;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * @param packages requirements such as {@code pandas>=2}, as they were written
 * @param image name of the base image of the sandboxes; null for the default one
 * @param memoryMegabytes that each sandbox may take; null for the limit of the settings
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "EnvironmentOptions",
        description =
                "Python packages for scripts, and the image and memory with which they run; packages are joined with those that the scripts declare themselves in a block \"# /// script\" (PEP 723)")
public record EnvironmentOptions(
        @Schema(
                description = "Names with versions, extras and markers (PEP 508); no options, addresses or paths",
                examples = "[\"pandas>=2,<3\", \"httpx\"]",
                defaultValue = "[]")
        List<String> packages,

        @Schema(description = "Name of the base image of the sandboxes, one of those that GET /api/v1/images lists")
        @Nullable
        String image,

        @Schema(
                description =
                        "Memory of each sandbox in units of 1,048,576 bytes, for all packages and records in it; absent for the usual limit")
        @Nullable
        Integer memoryMegabytes) {
    /** Bytes. */
    public static final long MEGABYTE = 1024L * 1024;

    /** The image of those who choose none. */
    public static final String DEFAULT_IMAGE = BaseImages.DEFAULT;

    /** Requirements in one list. */
    public static final int MAX_PACKAGES = 100;

    public EnvironmentOptions {
        packages = List.copyOf(packages);
    }

    /** Bytes that each sandbox may take; null for the limit of the settings. */
    public static @Nullable Long memory(@Nullable Integer megabytes) {
        return megabytes == null ? null : megabytes * MEGABYTE;
    }
}
