package dev.datapipeline.run;

import dev.datapipeline.environment.options.EnvironmentOptions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the scripts of a run get besides Python.
 *
 * @param id where its packages come from; null where its scripts need none and run in the default image
 * @param options what was asked for besides the packages that scripts declare; null where that is nothing
 */
public record RunEnvironment(@Nullable UUID id, @Nullable EnvironmentOptions options) {
    /** Memory of each sandbox; null for the limit of the settings. */
    public @Nullable Integer memoryMegabytes() {
        return options == null ? null : options.memoryMegabytes();
    }
}
