package dev.datapipeline.pipeline.saved;

import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.ResolvedPipeline;
import dev.datapipeline.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The environments of versions of pipelines. A version keeps its own for ever, unless that could not be built. */
@Singleton
public class VersionEnvironments {
    private final Environments environments;
    private final PipelineService pipelines;

    VersionEnvironments(Environments environments, PipelineService pipelines) {
        this.environments = environments;
        this.pipelines = pipelines;
    }

    /** For the first version of a pipeline; null where its scripts need no packages. */
    @Nullable
    UUID ofFirst(Pipeline definition) {
        return environments.ask(definition.packages("")).orElse(null);
    }

    /**
     * For the next version of a pipeline: the one of its latest version where the packages are the same.
     *
     * @param isUpdate whether versions of packages are resolved anew
     */
    @Nullable
    UUID ofNext(UUID pipeline, Pipeline definition, boolean isUpdate) {
        DeclaredPackages declared = definition.packages("");
        if (isUpdate) {
            return environments.askAnew(declared).orElse(null);
        }
        return pipelines
                .latestEnvironment(pipeline)
                .filter(latest -> environments.isFor(latest, declared))
                .map(environments::keepOrAsk)
                .or(() -> environments.ask(declared))
                .orElse(null);
    }

    /**
     * For a run of a saved version. It is noted with the version where that has none yet.
     *
     * @param pointer where the client named the pipeline
     * @return empty where its scripts need no packages
     * @throws ProblemException PACKAGES_INVALID when scripts declare something that was not checked when they were saved
     */
    public Optional<UUID> ofRun(ResolvedPipeline saved, String pointer) {
        UUID own = saved.environment();
        Optional<UUID> kept = own == null ? Optional.empty() : environments.keep(own);
        if (kept.isPresent()) {
            return kept;
        }
        Optional<UUID> asked = environments.ask(saved.pipeline().packages(pointer));
        asked.ifPresent(environment -> pipelines.setEnvironment(saved, environment));
        return asked;
    }
}
