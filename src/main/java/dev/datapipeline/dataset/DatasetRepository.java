package dev.datapipeline.dataset;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All queries on datasets; each is a transaction of its own, unless one is open. */
@Singleton
@Transactional
class DatasetRepository implements PanacheRepositoryBase<Dataset, UUID> {
    private static final String NEWEST_FIRST = " order by createdAt desc, id desc";

    List<DatasetSummary> newest(int limit) {
        return find("from Dataset" + NEWEST_FIRST)
                .project(DatasetSummary.class)
                .page(0, limit)
                .list();
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

    Optional<Dataset> findByIdempotencyKey(String key) {
        return find("idempotencyKey", key).firstResultOptional();
    }

    List<DatasetSummary> newestAfter(Instant createdAt, UUID id, int limit) {
        return find(
                        "from Dataset where createdAt < :createdAt or (createdAt = :createdAt and id < :id)"
                                + NEWEST_FIRST,
                        Parameters.with("createdAt", createdAt).and("id", id))
                .project(DatasetSummary.class)
                .page(0, limit)
                .list();
    }
}
