package dev.datapipeline.pipeline.saved;

import dev.datapipeline.http.paging.Page;
import dev.datapipeline.label.LabelChanges;
import dev.datapipeline.label.LabelRepository;
import dev.datapipeline.listing.ListConditions;
import dev.datapipeline.listing.ListOrder;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.ResolvedPipeline;
import dev.datapipeline.pipeline.saved.PipelineRepository.Listed;
import dev.datapipeline.pipeline.saved.PipelineRepository.Stored;
import dev.datapipeline.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores pipelines as templates. Versions count from 1 without gaps and never change. */
@Singleton
public class PipelineService {
    private static final int FIRST_VERSION = 1;

    /** Versions up to this size are read without a memory lease. */
    private static final long LONGEST_UNCOUNTED = 256 * 1024;

    /** Memory for a version, as a multiple of its size, while it is read, checked and written. */
    private static final int COPIES = 5;

    private final PipelineRepository pipelines;
    private final VersionOutlines outlines;
    private final LabelRepository labels;
    private final MemoryBudget memory;

    PipelineService(
            PipelineRepository pipelines, VersionOutlines outlines, LabelRepository labels, MemoryBudget memory) {
        this.pipelines = pipelines;
        this.outlines = outlines;
        this.labels = labels;
        this.memory = memory;
    }

    /** For {@link VisiblePipelines}, which checks who may see it. */
    @Transactional
    Optional<UUID> project(UUID id) {
        return pipelines.project(id);
    }

    @Transactional
    SavedPipelineResponse create(UUID project, Pipeline definition, @Nullable UUID environment) {
        SavedPipeline pipeline = new SavedPipeline();
        pipeline.id = UUID.randomUUID();
        pipeline.projectId = project;
        pipeline.name = definition.name();
        pipeline.version = FIRST_VERSION;
        pipelines.persistAndFlush(pipeline);
        return response(pipeline, addVersion(pipeline, definition, environment));
    }

    @Transactional
    SavedPipelineResponse update(PipelineRef ref, Pipeline definition, @Nullable UUID environment) {
        SavedPipeline pipeline = pipelines.lock(ref.id()).orElseThrow(PipelineService::notFound);
        pipeline.name = definition.name();
        pipeline.version++;
        pipelines.persistAndFlush(pipeline);
        return response(pipeline, addVersion(pipeline, definition, environment));
    }

    private SavedPipelineVersion addVersion(SavedPipeline pipeline, Pipeline definition, @Nullable UUID environment) {
        SavedPipelineVersion version = new SavedPipelineVersion();
        version.id = new SavedPipelineVersion.Id(pipeline.id, pipeline.version);
        version.definition = definition;
        version.environmentId = environment;
        pipelines.insert(version);
        return version;
    }

    @Transactional
    SavedPipelineResponse get(PipelineRef ref, @Nullable Integer version) {
        Stored stored = find(ref, version);
        return response(stored.pipeline(), stored.version());
    }

    /** Takes the memory for reading a version, the latest for null; returns null for a short one, which needs no lease. */
    @Transactional
    public @Nullable MemoryLease reserve(PipelineRef ref, @Nullable Integer version) {
        long size = size(ref, version);
        return size <= LONGEST_UNCOUNTED ? null : memory.tryTake(COPIES * size).orElseThrow(MemoryBudget::unavailable);
    }

    /** Whether a version can be read without memory being {@link #reserve reserved}. */
    @Transactional
    boolean isShort(PipelineRef ref, @Nullable Integer version) {
        return size(ref, version) <= LONGEST_UNCOUNTED;
    }

    private long size(PipelineRef ref, @Nullable Integer version) {
        return pipelines.size(ref.id(), version).orElseThrow(PipelineService::notFound);
    }

    /** A copy of a saved pipeline for a run, of the latest version for null. */
    @Transactional
    public ResolvedPipeline copy(PipelineRef ref, @Nullable Integer version) {
        Stored stored = find(ref, version);
        SavedPipelineVersion found = stored.version();
        boolean isLatest = found.id.version() == stored.pipeline().version;
        Pipeline definition = isLatest ? found.definition.named(stored.pipeline().name) : found.definition;
        return new ResolvedPipeline(definition, ref.id(), found.id.version(), found.environmentId);
    }

    @Transactional
    Optional<UUID> latestEnvironment(PipelineRef ref) {
        return pipelines.latestEnvironment(ref.id());
    }

    /** Notes the environment of a saved version that has none, or whose own could not be built. */
    @Transactional
    void setEnvironment(ResolvedPipeline saved, UUID environment) {
        UUID id = saved.id();
        Integer version = saved.version();
        if (id != null && version != null) {
            pipelines.setEnvironment(new SavedPipelineVersion.Id(id, version), environment);
        }
    }

    private Stored find(PipelineRef ref, @Nullable Integer version) {
        return pipelines.find(ref.id(), version).orElseThrow(PipelineService::notFound);
    }

    @Transactional
    Page<PipelineSummary> list(ListConditions conditions, ListOrder<Listed> order, int limit) {
        return Page.of(
                        pipelines.list(conditions, order, limit + 1),
                        limit,
                        found -> order.after(found, found.pipeline().id))
                .map(found -> PipelineSummary.of(
                        found,
                        outlines.of(new SavedPipelineVersion.Id(found.pipeline().id, found.pipeline().version))));
    }

    @Transactional
    PipelineTotals totals(ListConditions conditions) {
        return new PipelineTotals(pipelines.count(conditions));
    }

    @Transactional
    Page<PipelineVersionResponse> versions(PipelineRef ref, @Nullable Integer below, int limit) {
        if (pipelines.findByIdOptional(ref.id()).isEmpty()) {
            throw notFound();
        }
        int last = below == null ? Integer.MAX_VALUE : below;
        return Page.of(
                        pipelines.versions(ref.id(), last, limit + 1),
                        limit,
                        version -> version.id().version())
                .map(version -> PipelineVersionResponse.of(version, outlines.of(version.id())));
    }

    void label(PipelineRef ref, LabelChanges changes) {
        if (!labels.change(LabelRepository.Labelled.PIPELINE, ref.id(), changes)) {
            throw notFound();
        }
    }

    /** Runs are not affected: they have a copy. */
    @Transactional
    void delete(PipelineRef ref) {
        if (pipelines.delete("id", ref.id()) == 0) {
            throw notFound();
        }
    }

    private static SavedPipelineResponse response(SavedPipeline pipeline, SavedPipelineVersion version) {
        return SavedPipelineResponse.of(pipeline, version);
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("pipeline");
    }
}
