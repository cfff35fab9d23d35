package dev.datapipeline.trial;

import dev.datapipeline.environment.options.EnvironmentOptions;
import dev.datapipeline.environment.options.EnvironmentOptionsRequest;
import dev.datapipeline.environment.options.EnvironmentRules;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.service.EnvironmentFiles;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.project.CurrentAccess;
import dev.datapipeline.time.Ticker;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Finds the environments of trials. */
@Singleton
class TrialEnvironments {
    private final Environments environments;
    private final EnvironmentFiles files;
    private final EnvironmentRules rules;
    private final CurrentAccess access;
    private final Ticker ticker;

    TrialEnvironments(
            Environments environments,
            EnvironmentFiles files,
            EnvironmentRules rules,
            CurrentAccess access,
            Ticker ticker) {
        this.environments = environments;
        this.files = files;
        this.rules = rules;
        this.access = access;
        this.ticker = ticker;
    }

    /**
     * Bytes that the sandbox of a trial may take.
     *
     * @param own null where the request says nothing beside its pipeline
     * @return null for the limit of the settings
     */
    static @Nullable Long memory(@Nullable EnvironmentOptionsRequest own, Pipeline pipeline) {
        EnvironmentOptionsRequest said = own == null ? EnvironmentOptionsRequest.NONE : own;
        return EnvironmentOptions.memory(said.over(pipeline.environment()).memoryMegabytes());
    }

    /**
     * Asks for the environment of a trial.
     *
     * @param own null where the request says nothing beside its pipeline
     * @return null where the scripts need no packages and run in the default image
     * @throws ProblemException PACKAGES_INVALID, UNKNOWN_IMAGE or OUT_OF_RANGE
     */
    @Nullable
    TrialEnvironment ask(@Nullable EnvironmentOptionsRequest own, Pipeline pipeline) {
        rules.require(pipeline.environment(), "/pipeline/environment");
        if (own != null) {
            rules.requireImage(own.image(), "/environment/image");
            rules.requireMemory(own.memoryMegabytes(), "/environment/memoryMegabytes");
        }
        DeclaredPackages declared = own == null
                ? pipeline.packages("/pipeline")
                : pipeline.packages(own, "/environment/packages", "/pipeline");
        return environments
                .ask(access.project(), declared)
                .map(id -> new TrialEnvironment(environments, files, id, ticker))
                .orElse(null);
    }
}
