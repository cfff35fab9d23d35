package dev.datapipeline.pipeline;

import dev.datapipeline.web.Cursor;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** All queries on saved pipelines. */
@ApplicationScoped
class PipelineRepository implements PanacheRepositoryBase<SavedPipeline, UUID> {
    private static final String PIPELINE_WITH_VERSION =
            "select p, v from SavedPipeline p join SavedPipelineVersion v on v.id.pipelineId = p.id";

    /** A pipeline with one of its versions. */
    record Stored(SavedPipeline pipeline, SavedPipelineVersion version) {}

    /** @param version null for the latest */
    Optional<Stored> find(UUID id, @Nullable Integer version) {
        return select(PIPELINE_WITH_VERSION + " where p.id = :id and v.id.version = coalesce(:version, p.version)")
                .setParameter("id", id)
                .setParameter("version", version, Integer.class)
                .uniqueResultOptional();
    }

    /** The newest pipelines, each with its latest version. */
    List<Stored> newest(@Nullable Cursor after, int limit) {
        SelectionQuery<Stored> query = after == null
                ? select(PIPELINE_WITH_VERSION + " and v.id.version = p.version order by p.createdAt desc, p.id desc")
                : select(PIPELINE_WITH_VERSION
                                + " and v.id.version = p.version"
                                + " where p.createdAt < :createdAt or (p.createdAt = :createdAt and p.id < :id)"
                                + " order by p.createdAt desc, p.id desc")
                        .setParameter("createdAt", after.createdAt())
                        .setParameter("id", after.id());
        return query.setMaxResults(limit).getResultList();
    }

    /** The newest versions below a number. */
    List<SavedPipelineVersion> versions(UUID id, int below, int limit) {
        return getEntityManager()
                .createQuery(
                        "from SavedPipelineVersion v where v.id.pipelineId = :id and v.id.version < :below"
                                + " order by v.id.version desc",
                        SavedPipelineVersion.class)
                .setParameter("id", id)
                .setParameter("below", below)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Nobody else gets it before this transaction ends. */
    Optional<SavedPipeline> lock(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }

    private SelectionQuery<Stored> select(String query) {
        return getSession().createSelectionQuery(query, Stored.class);
    }
}
