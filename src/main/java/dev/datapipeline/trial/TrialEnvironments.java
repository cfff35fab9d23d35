package dev.datapipeline.trial;

import dev.datapipeline.environment.options.EnvironmentOptionsRequest;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.service.EnvironmentFiles;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.time.Ticker;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Finds the environments of trials. */
@Singleton
class TrialEnvironments {
    private final Environments environments;
    private final EnvironmentFiles files;
    private final Ticker ticker;

    TrialEnvironments(Environments environments, EnvironmentFiles files, Ticker ticker) {
        this.environments = environments;
        this.files = files;
        this.ticker = ticker;
    }

    /**
     * Asks for the environment of a trial.
     *
     * @param own null where the request says nothing beside its pipeline
     * @return null where the scripts need no packages
     * @throws ProblemException PACKAGES_INVALID
     */
    @Nullable
    TrialEnvironment ask(@Nullable EnvironmentOptionsRequest own, Pipeline pipeline) {
        DeclaredPackages declared = own == null
                ? pipeline.packages("/pipeline")
                : pipeline.packages(own.list(), "/environment/packages", "/pipeline");
        return environments
                .ask(declared)
                .map(id -> new TrialEnvironment(environments, files, id, ticker))
                .orElse(null);
    }
}
