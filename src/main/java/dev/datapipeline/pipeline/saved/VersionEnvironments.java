package dev.datapipeline.pipeline.saved;

import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.ResolvedPipeline;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.project.CurrentAccess;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The environments of versions of pipelines. A version keeps its own for ever, unless that could not be built. */
@Singleton
public class VersionEnvironments {
    private final Environments environments;
    private final PipelineService pipelines;
    private final CurrentAccess access;

    VersionEnvironments(Environments environments, PipelineService pipelines, CurrentAccess access) {
        this.environments = environments;
        this.pipelines = pipelines;
        this.access = access;
    }

    /** For the first version of a pipeline; null where its scripts need no packages. */
    @Nullable
    UUID ofFirst(Pipeline definition) {
        return environments.ask(access.project(), definition.packages("")).orElse(null);
    }

    /**
     * For the next version of a pipeline: the one of its latest version where the packages are the same.
     *
     * @param isUpdate whether versions of packages are resolved anew
     */
    @Nullable
    UUID ofNext(PipelineRef pipeline, Pipeline definition, boolean isUpdate) {
        DeclaredPackages declared = definition.packages("");
        if (isUpdate) {
            return environments.askAnew(access.project(), declared).orElse(null);
        }
        return pipelines
                .latestEnvironment(pipeline)
                .filter(latest -> environments.isFor(latest, declared))
                .map(environments::keepOrAsk)
                .or(() -> environments.ask(access.project(), declared))
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
        Optional<UUID> asked =
                environments.ask(access.project(), saved.pipeline().packages(pointer));
        asked.ifPresent(environment -> pipelines.setEnvironment(saved, environment));
        return asked;
    }
}
