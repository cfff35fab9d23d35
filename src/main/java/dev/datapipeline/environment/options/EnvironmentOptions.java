package dev.datapipeline.environment.options;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param packages requirements such as {@code pandas>=2}, as they were written */
@Schema(
        name = "EnvironmentOptions",
        description =
                "Python packages for scripts, joined with those that the scripts declare themselves in a block \"# /// script\" (PEP 723)")
public record EnvironmentOptions(
        @Schema(
                required = true,
                description = "Names with versions, extras and markers (PEP 508); no options, addresses or paths",
                examples = "[\"pandas>=2,<3\", \"httpx\"]")
        List<String> packages) {
    /** Requirements in one list. */
    public static final int MAX_PACKAGES = 100;

    public EnvironmentOptions {
        packages = List.copyOf(packages);
    }
}
