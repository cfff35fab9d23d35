package dev.datapipeline.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.environment.options.EnvironmentOptions;
import dev.datapipeline.environment.options.EnvironmentOptionsRequest;
import dev.datapipeline.environment.options.EnvironmentRules;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.ResolvedPipeline;
import dev.datapipeline.pipeline.saved.VersionEnvironments;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.project.CurrentAccess;
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
    private final EnvironmentRules rules;
    private final CurrentAccess access;
    private final ObjectMapper mapper;

    EnvironmentResolver(
            Environments environments,
            VersionEnvironments versions,
            EnvironmentRules rules,
            CurrentAccess access,
            ObjectMapper mapper) {
        this.environments = environments;
        this.versions = versions;
        this.rules = rules;
        this.access = access;
        this.mapper = mapper;
    }

    /**
     * Checks what a request says of the environment beside its pipeline, and asks for nothing.
     *
     * @param place in the document of the client
     * @return the pipeline as it is going to run
     * @throws ProblemException PACKAGES_INVALID, UNKNOWN_IMAGE or OUT_OF_RANGE
     */
    Pipeline check(@Nullable EnvironmentOptionsRequest own, Place place, Pipeline pipeline) {
        if (own == null) {
            return pipeline;
        }
        rules.requireImage(own.image(), place.image);
        rules.requireMemory(own.memoryMegabytes(), place.memory);
        pipeline.packages(own, place.packages, "/pipeline");
        return pipeline.with(own);
    }

    /** Where a request says what it needs besides its pipeline. */
    enum Place {
        DOCUMENT("/environment/packages", "/environment/image", "/environment/memoryMegabytes"),
        FORM("/packages", "/image", "/memory_megabytes");

        private final String packages;
        private final String image;
        private final String memory;

        Place(String packages, String image, String memory) {
            this.packages = packages;
            this.image = image;
            this.memory = memory;
        }
    }

    /**
     * Asks for the environment of a new run.
     *
     * @param own null where the request says nothing beside its pipeline
     * @param place in the document of the client
     * @return null where the scripts need no packages and run in the default image with the usual memory
     * @throws ProblemException PACKAGES_INVALID
     */
    @Nullable
    RunEnvironment ask(@Nullable EnvironmentOptionsRequest own, Place place, ResolvedPipeline resolved) {
        Pipeline pipeline = resolved.pipeline();
        if (own != null) {
            EnvironmentOptions options = own.over(pipeline.environment()).checked();
            return environment(
                    environments.ask(access.project(), pipeline.packages(own, place.packages, "/pipeline")), options);
        }
        if (resolved.id() != null) {
            return environment(versions.ofRun(resolved, "/pipelineId"), pipeline.environment());
        }
        return environment(environments.ask(access.project(), pipeline.packages("/pipeline")), pipeline.environment());
    }

    /**
     * The environment of a run with a corrected pipeline: its own where it needs the same. A pipeline that says nothing keeps the
     * packages and the image that were asked for.
     *
     * @return null where the corrected scripts need no packages
     */
    @Nullable
    RunEnvironment ofRetry(Run run, ResolvedPipeline corrected) {
        if (corrected.id() != null) {
            return ask(null, Place.DOCUMENT, corrected);
        }
        Pipeline pipeline = corrected.pipeline();
        EnvironmentOptions options = pipeline.environment() == null ? options(run) : pipeline.environment();
        DeclaredPackages declared = pipeline.packages(
                EnvironmentOptionsRequest.NONE.over(options), "/pipeline/environment/packages", "/pipeline");
        Optional<UUID> same = Optional.ofNullable(run.environmentId).filter(own -> environments.isFor(own, declared));
        return environment(
                same.map(environments::keepOrAsk).or(() -> environments.ask(access.project(), declared)), options);
    }

    /** A corrected pipeline as the run is going to have it. */
    Pipeline correcting(Run run, ResolvedPipeline corrected) {
        Pipeline pipeline = corrected.pipeline();
        return corrected.id() != null || pipeline.environment() != null
                ? pipeline
                : pipeline.with(EnvironmentOptionsRequest.NONE.over(options(run)));
    }

    /** Null for the default image. */
    private @Nullable String image(Run run) {
        UUID environment = run.environmentId;
        return environment == null
                ? null
                : environments.find(environment).declaration().image();
    }

    private static @Nullable RunEnvironment environment(Optional<UUID> id, @Nullable EnvironmentOptions options) {
        boolean saysNothing = id.isEmpty() && (options == null || options.memoryMegabytes() == null);
        return saysNothing ? null : new RunEnvironment(id.orElse(null), options);
    }

    private @Nullable EnvironmentOptions options(Run run) {
        if (run.packages == null) {
            return null;
        }
        try {
            return new EnvironmentOptions(
                    List.of(mapper.readValue(run.packages, String[].class)), image(run), run.memoryMegabytes);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the packages of run " + run.id + " cannot be read", broken);
        }
    }
}
