package dev.datapipeline.pipeline.saved;

import dev.datapipeline.listing.ListConditions;
import dev.datapipeline.listing.ListOrder;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

@Singleton
class PipelineRepository implements PanacheRepositoryBase<SavedPipeline, UUID> {
    private static final String PIPELINE_WITH_VERSION =
            "select p, v from SavedPipeline p join SavedPipelineVersion v on v.id.pipelineId = p.id";

    record Stored(SavedPipeline pipeline, SavedPipelineVersion version) {}

    /** @param version null for the latest */
    Optional<Stored> find(UUID id, @Nullable Integer version) {
        return select(PIPELINE_WITH_VERSION + " where p.id = :id and v.id.version = coalesce(:version, p.version)")
                .setParameter("id", id)
                .setParameter("version", version, Integer.class)
                .uniqueResultOptional();
    }

    /** @param lastRunAt null without runs */
    record Listed(
            SavedPipeline pipeline, long runs, @Nullable Instant lastRunAt) {}

    private static final String LISTED = """
            select new %s(p, (select count(*) from Run r where r.pipelineId = p.id),
                             (select max(r.createdAt) from Run r where r.pipelineId = p.id))
              from SavedPipeline p""".formatted(Listed.class.getName());

    List<Listed> list(ListConditions conditions, ListOrder<Listed> order, int limit) {
        SelectionQuery<Listed> query =
                getSession().createSelectionQuery(LISTED + conditions.clause() + order.clause("p.id"), Listed.class);
        conditions.values().forEach(query::setParameter);
        return query.setMaxResults(limit).getResultList();
    }

    long count(ListConditions conditions) {
        return count("from SavedPipeline p" + conditions.clause(), conditions.values());
    }

    record Dated(SavedPipelineVersion.Id id, Instant createdAt) {}

    List<Dated> versions(UUID id, int below, int limit) {
        return getSession()
                .createSelectionQuery(
                        "select v.id, v.createdAt from SavedPipelineVersion v where v.id.pipelineId = :id"
                                + " and v.id.version < :below order by v.id.version desc",
                        Dated.class)
                .setParameter("id", id)
                .setParameter("below", below)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Name, number of steps and their first names, taken from the version by the database. */
    VersionOutlines.Outline outline(SavedPipelineVersion.Id id, int names) {
        Tuple row = (Tuple) getEntityManager()
                .createNativeQuery("""
                        select definition ->> 'name', jsonb_array_length(definition -> 'steps'),
                               array(select step ->> 'name'
                                       from jsonb_array_elements(definition -> 'steps') with ordinality s (step, place)
                                      order by place limit ?3)
                          from pipeline_version where pipeline_id = ?1 and version = ?2""", Tuple.class)
                .setParameter(1, id.pipelineId())
                .setParameter(2, id.version())
                .setParameter(3, names)
                .getSingleResult();
        return new VersionOutlines.Outline(
                row.get(0, String.class), row.get(1, Integer.class), List.of(row.get(2, String[].class)));
    }

    Optional<Long> size(UUID id, @Nullable Integer version) {
        return getEntityManager()
                .createNativeQuery("""
                        select octet_length(v.definition::text)::bigint
                          from pipeline p join pipeline_version v on v.pipeline_id = p.id
                         where p.id = ?1 and v.version = coalesce(cast(?2 as integer), p.version)""", Long.class)
                .setParameter(1, id)
                .setParameter(2, version)
                .getResultStream()
                .map(Long.class::cast)
                .findFirst();
    }

    Optional<UUID> project(UUID id) {
        return getSession()
                .createSelectionQuery("select p.projectId from SavedPipeline p where p.id = :id", UUID.class)
                .setParameter("id", id)
                .uniqueResultOptional();
    }

    void insert(SavedPipelineVersion version) {
        getSession().persist(version);
        flush();
    }

    /** The environment of the latest version; empty where that has none. */
    Optional<UUID> latestEnvironment(UUID id) {
        return getSession()
                .createSelectionQuery(
                        "select v.environmentId from SavedPipeline p join SavedPipelineVersion v"
                                + " on v.id.pipelineId = p.id and v.id.version = p.version"
                                + " where p.id = :id and v.environmentId is not null",
                        UUID.class)
                .setParameter("id", id)
                .uniqueResultOptional();
    }

    void setEnvironment(SavedPipelineVersion.Id id, UUID environment) {
        getEntityManager()
                .createNativeQuery(
                        "update pipeline_version set environment_id = ?1 where pipeline_id = ?2 and version = ?3")
                .setParameter(1, environment)
                .setParameter(2, id.pipelineId())
                .setParameter(3, id.version())
                .executeUpdate();
    }

    /** Locks the row until this transaction ends. */
    Optional<SavedPipeline> lock(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }

    private SelectionQuery<Stored> select(String query) {
        return getSession().createSelectionQuery(query, Stored.class);
    }
}
