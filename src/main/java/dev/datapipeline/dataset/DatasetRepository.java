package dev.datapipeline.dataset;

import dev.datapipeline.listing.ListConditions;
import dev.datapipeline.listing.ListOrder;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.query.SelectionQuery;

/** All queries on datasets; each is a transaction of its own, unless one is open. */
@Singleton
@Transactional
class DatasetRepository implements PanacheRepositoryBase<Dataset, UUID> {
    private static final String SUMMARY = """
            select new %s(
              d.id, d.name, d.format, d.records, d.bytes, d.sha256, d.fieldCount, d.separator, d.recordsPath, d.createdAt,
              d.labels.note, d.labels.tags, d.labels.starred,
              (select count(*) from Run r where r.datasetId = d.id),
              (select max(r.createdAt) from Run r where r.datasetId = d.id),
              (select count(*) from Dataset o where o.projectId = d.projectId and o.sha256 = d.sha256 and o.id <> d.id))
            from Dataset d""".formatted(DatasetSummary.class.getName());

    private static final String TOTALS =
            "select new %s(count(*), coalesce(sum(d.records), 0), coalesce(sum(d.bytes), 0)) from Dataset d"
                    .formatted(DatasetTotals.class.getName());

    List<DatasetSummary> list(ListConditions conditions, ListOrder<DatasetSummary> order, int limit) {
        return select(SUMMARY + conditions.clause() + order.clause("d.id"), DatasetSummary.class, conditions)
                .setMaxResults(limit)
                .getResultList();
    }

    DatasetTotals totals(ListConditions conditions) {
        return select(TOTALS + conditions.clause(), DatasetTotals.class, conditions)
                .getSingleResult();
    }

    private <T> SelectionQuery<T> select(String query, Class<T> type, ListConditions conditions) {
        SelectionQuery<T> selection = getSession().createSelectionQuery(query, type);
        conditions.values().forEach(selection::setParameter);
        return selection;
    }

    void insert(Dataset dataset) {
        persistAndFlush(dataset);
    }

    /** @return false when there is no such dataset */
    boolean remove(UUID id) {
        return delete("id", id) > 0;
    }

    Optional<Dataset> get(UUID id) {
        return findByIdOptional(id);
    }

    Optional<Dataset> findByIdempotencyKey(UUID project, String key) {
        return find("projectId = ?1 and idempotencyKey = ?2", project, key).firstResultOptional();
    }
}
