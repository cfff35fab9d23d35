package dev.datapipeline.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.environment.options.EnvironmentOptions;
import dev.datapipeline.environment.options.EnvironmentOptionsRequest;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.PackageList;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.ResolvedPipeline;
import dev.datapipeline.pipeline.saved.VersionEnvironments;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunEnvironment;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the environments of runs: by what the request says, else by its pipeline, and by what the scripts declare. */
@Singleton
class EnvironmentResolver {
    private final Environments environments;
    private final VersionEnvironments versions;
    private final ObjectMapper mapper;

    EnvironmentResolver(Environments environments, VersionEnvironments versions, ObjectMapper mapper) {
        this.environments = environments;
        this.versions = versions;
        this.mapper = mapper;
    }

    /**
     * Checks packages that a request names beside its pipeline, and asks for nothing.
     *
     * @param pointer of the list of packages in the document of the client
     * @throws ProblemException PACKAGES_INVALID
     */
    void check(@Nullable EnvironmentOptionsRequest own, String pointer, Pipeline pipeline) {
        if (own != null) {
            pipeline.packages(own.list(), pointer, "/pipeline");
        }
    }

    /**
     * Asks for the environment of a new run.
     *
     * @param own null where the request says nothing beside its pipeline
     * @param pointer of the list of packages in the document of the client
     * @return null where the scripts need no packages
     * @throws ProblemException PACKAGES_INVALID
     */
    @Nullable
    RunEnvironment ask(@Nullable EnvironmentOptionsRequest own, String pointer, ResolvedPipeline resolved) {
        Pipeline pipeline = resolved.pipeline();
        if (own != null) {
            EnvironmentOptions options = own.checked();
            return environment(environments.ask(pipeline.packages(own.list(), pointer, "/pipeline")), options);
        }
        if (resolved.id() != null) {
            return environment(versions.ofRun(resolved, "/pipelineId"), pipeline.environment());
        }
        return environment(environments.ask(pipeline.packages("/pipeline")), pipeline.environment());
    }

    /**
     * The environment of a run with a corrected pipeline: its own where the packages are the same. A pipeline that says nothing keeps the
     * packages that were asked for.
     *
     * @return null where the corrected scripts need no packages
     */
    @Nullable
    RunEnvironment ofRetry(Run run, ResolvedPipeline corrected) {
        if (corrected.id() != null) {
            return ask(null, "", corrected);
        }
        Pipeline pipeline = corrected.pipeline();
        EnvironmentOptions options = pipeline.environment() == null ? options(run) : pipeline.environment();
        DeclaredPackages declared = pipeline.packages(
                PackageList.of(options == null ? List.of() : options.packages()),
                "/pipeline/environment/packages",
                "/pipeline");
        Optional<UUID> same = Optional.ofNullable(run.environmentId).filter(own -> environments.isFor(own, declared));
        return environment(same.map(environments::keepOrAsk).or(() -> environments.ask(declared)), options);
    }

    private static @Nullable RunEnvironment environment(Optional<UUID> id, @Nullable EnvironmentOptions options) {
        return id.map(known -> new RunEnvironment(known, options)).orElse(null);
    }

    private @Nullable EnvironmentOptions options(Run run) {
        if (run.packages == null) {
            return null;
        }
        try {
            return new EnvironmentOptions(List.of(mapper.readValue(run.packages, String[].class)));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the packages of run " + run.id + " cannot be read", broken);
        }
    }
}
