package dev.datapipeline.run;

import dev.datapipeline.environment.options.EnvironmentOptions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a run.
 *
 * @param id where its packages come from
 * @param options what was asked for besides the packages that scripts declare; null where that is nothing
 */
public record RunEnvironment(UUID id, @Nullable EnvironmentOptions options) {}
