package dev.datapipeline.dataset;

import dev.datapipeline.dataset.ingest.DatasetBlobs;
import dev.datapipeline.dataset.ingest.DatasetIngestor;
import dev.datapipeline.dataset.ingest.IngestLimits;
import dev.datapipeline.dataset.ingest.IngestSummary;
import dev.datapipeline.dataset.ingest.input.GzipUpload;
import dev.datapipeline.dataset.upload.MinRateInputStream;
import dev.datapipeline.dataset.upload.Upload;
import dev.datapipeline.dataset.upload.UploadConfig;
import dev.datapipeline.dataset.upload.UploadLimiter;
import dev.datapipeline.label.LabelChanges;
import dev.datapipeline.label.LabelRepository;
import dev.datapipeline.listing.ListConditions;
import dev.datapipeline.listing.ListOrder;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.project.ProjectAccess;
import dev.datapipeline.project.quota.ProjectQuotas;
import dev.datapipeline.storage.Blobs;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stores, finds and deletes datasets. The row is written after the records are durable and deleted before they are. */
@Singleton
public class DatasetService {
    private static final Logger LOG = Logger.getLogger(DatasetService.class);

    private final DatasetRepository datasets;
    private final Blobs blobs;
    private final DatasetIngestor ingest;
    private final UploadLimiter places;
    private final LabelRepository labels;
    private final ProjectQuotas quotas;

    DatasetService(
            DatasetRepository datasets,
            Blobs blobs,
            UploadLimiter places,
            UploadConfig config,
            LabelRepository labels,
            ProjectQuotas quotas) {
        this.datasets = datasets;
        this.blobs = blobs;
        this.ingest = new DatasetIngestor(blobs, limits(config));
        this.places = places;
        this.labels = labels;
        this.quotas = quotas;
    }

    private static IngestLimits limits(UploadConfig config) {
        return new IngestLimits(
                config.maxUploadSize().asLongValue(),
                Math.toIntExact(config.maxRecordSize().asLongValue()),
                config.maxDepth(),
                config.maxGzipRatio(),
                config.minFreeSpace().asLongValue());
    }

    /** Takes in a file of a form, which has a place; unpacks it. {@code body} stays open. No transaction may be open. */
    public Dataset ingest(UUID project, Upload upload, InputStream body) {
        return store(project, upload, body).dataset();
    }

    /**
     * Stores an upload that arrives over the network: it needs a place, and is rejected when it is too slow. No transaction may be open.
     *
     * @param length announced bytes; 0 where none are
     * @param isGzip whether the client says so; otherwise the content decides
     * @throws ProblemException when the upload is rejected; nothing of it stays
     */
    UploadResult upload(ProjectAccess access, Upload upload, InputStream body, long length, boolean isGzip) {
        UUID project = access.project();
        checkLength(length);
        quotas.checkStorage(project, length);
        InputStream timed = new MinRateInputStream(body, places.rate());
        try (UploadLimiter.Place place = places.take()) {
            return isGzip ? storeGzip(project, upload, timed) : store(project, upload, timed);
        }
    }

    /** The content may be packed again, where a compressed file was compressed once more on its way. */
    private UploadResult storeGzip(UUID project, Upload upload, InputStream body) {
        try (GzipUpload unpacked = ingest.unpack(body)) {
            return store(project, upload, unpacked);
        }
    }

    private UploadResult store(UUID project, Upload upload, InputStream body) {
        UUID id = UUID.randomUUID();
        IngestSummary ingested = ingest.store(id, upload.hints(), body);
        return keep(Dataset.of(id, project, upload, ingested));
    }

    public void checkLength(long bytes) {
        ingest.checkLength(bytes);
    }

    /** For {@link VisibleDatasets}, which checks who may see it. */
    Optional<Dataset> find(UUID id) {
        return datasets.get(id);
    }

    /** Whether two datasets have the same records in the same order, as two uploads of one file have. */
    public boolean haveSameRecords(UUID one, UUID other) {
        return one.equals(other)
                || datasets.get(one)
                        .flatMap(first -> datasets.get(other).filter(first::isSameUpload))
                        .isPresent();
    }

    void label(Dataset dataset, LabelChanges changes) {
        labels.change(LabelRepository.Labelled.DATASET, dataset.id, changes);
    }

    List<DatasetSummary> list(ListConditions conditions, ListOrder<DatasetSummary> order, int limit) {
        return datasets.list(conditions, order, limit);
    }

    DatasetTotals totals(ListConditions conditions) {
        return datasets.totals(conditions);
    }

    public void delete(Dataset dataset) {
        delete(dataset.id);
    }

    /** For what the service does by itself. */
    public void delete(UUID id) {
        if (!deleteRow(id)) {
            throw ProblemException.notFound("dataset");
        }
        deleteBlobs(id);
    }

    private UploadResult keep(Dataset dataset) {
        try {
            Optional<Dataset> earlier = earlier(dataset);
            if (earlier.isPresent()) {
                deleteBlobs(dataset.id);
                return new UploadResult(earlier.get(), false);
            }
            return quotas.storing(dataset.projectId, dataset.bytes, () -> {
                datasets.insert(dataset);
                return new UploadResult(dataset, true);
            });
        } catch (RuntimeException failed) {
            deleteBlobs(dataset.id);
            if (isConstraint(failed)) {
                return earlier(dataset)
                        .map(same -> new UploadResult(same, false))
                        .orElseThrow(() -> failed);
            }
            throw failed;
        }
    }

    /** The dataset of an earlier upload with the same idempotency key. */
    private Optional<Dataset> earlier(Dataset dataset) {
        String key = dataset.idempotencyKey;
        if (key == null) {
            return Optional.empty();
        }
        Optional<Dataset> earlier = datasets.findByIdempotencyKey(dataset.projectId, key);
        if (earlier.isPresent() && !earlier.get().isSameUpload(dataset)) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key came with another upload; use a new one.");
        }
        return earlier;
    }

    private boolean deleteRow(UUID id) {
        try {
            return datasets.remove(id);
        } catch (RuntimeException failed) {
            if (isConstraint(failed)) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "Runs use this dataset. Delete them first, then the dataset.");
            }
            throw failed;
        }
    }

    private static boolean isConstraint(@Nullable Throwable failed) {
        return failed != null && (failed instanceof ConstraintViolationException || isConstraint(failed.getCause()));
    }

    /** Leftover files do no harm: without a row they are no dataset. */
    private void deleteBlobs(UUID id) {
        try {
            blobs.delete(DatasetBlobs.folder(id));
        } catch (IOException failed) {
            LOG.warnf(failed, "could not delete the records of a deleted dataset: dataset=%s", id);
        }
    }
}
