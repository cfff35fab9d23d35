package dev.datapipeline.dataset;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All queries on datasets. */
@ApplicationScoped
class DatasetRepository implements PanacheRepositoryBase<Dataset, UUID> {
    private static final String NEWEST_FIRST = " order by createdAt desc, id desc";

    List<DatasetSummary> newest(int limit) {
        return find("from Dataset" + NEWEST_FIRST)
                .project(DatasetSummary.class)
                .page(0, limit)
                .list();
    }

    Optional<Dataset> findByIdempotencyKey(String key) {
        return find("idempotencyKey", key).firstResultOptional();
    }

    /** The newest datasets after this position of the list. */
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
