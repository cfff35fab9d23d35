package dev.datapipeline.trial;

import dev.datapipeline.environment.options.EnvironmentOptionsRequest;
import dev.datapipeline.environment.options.ImageChoice;
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
    private final ImageChoice images;
    private final Ticker ticker;

    TrialEnvironments(Environments environments, EnvironmentFiles files, ImageChoice images, Ticker ticker) {
        this.environments = environments;
        this.files = files;
        this.images = images;
        this.ticker = ticker;
    }

    /**
     * Asks for the environment of a trial.
     *
     * @param own null where the request says nothing beside its pipeline
     * @return null where the scripts need no packages and run in the default image
     * @throws ProblemException PACKAGES_INVALID or UNKNOWN_IMAGE
     */
    @Nullable
    TrialEnvironment ask(@Nullable EnvironmentOptionsRequest own, Pipeline pipeline) {
        images.require(pipeline.environment(), "/pipeline/environment");
        if (own != null) {
            images.require(own.image(), "/environment/image");
        }
        DeclaredPackages declared = own == null
                ? pipeline.packages("/pipeline")
                : pipeline.packages(own, "/environment/packages", "/pipeline");
        return environments
                .ask(declared)
                .map(id -> new TrialEnvironment(environments, files, id, ticker))
                .orElse(null);
    }
}
