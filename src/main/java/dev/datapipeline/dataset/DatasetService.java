package dev.datapipeline.dataset;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.storage.Blobs;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Takes datasets in, finds and deletes them. The row is written after the records are durable and goes before they do. */
@ApplicationScoped
public class DatasetService {
    private final DatasetRepository datasets;
    private final Blobs blobs;
    private final IngestLimits limits;
    private final Ingest ingest;
    private final Uploads uploads;

    DatasetService(DatasetRepository datasets, Blobs blobs, DatasetConfig config) {
        this.datasets = datasets;
        this.blobs = blobs;
        this.limits = IngestLimits.of(config);
        this.ingest = new Ingest(blobs, limits);
        this.uploads = new Uploads(config.maxConcurrentUploads());
    }

    /**
     * Takes in a file of a form; its content tells the format, with the end of its name as a hint. No transaction may be open.
     *
     * @param upload stays open
     * @throws ProblemException when the upload is refused; nothing of it stays
     */
    public Dataset ingest(@Nullable String fileName, InputStream upload) {
        return ingest(fileName, fileName == null ? null : DatasetFormat.ofFileName(fileName), upload);
    }

    /**
     * As {@link #ingest(String, InputStream)}, in a format that was declared.
     *
     * @param format null when only the content can tell
     */
    Dataset ingest(@Nullable String name, @Nullable DatasetFormat format, InputStream upload) {
        try (Uploads.Place place = uploads.enter()) {
            UUID id = UUID.randomUUID();
            Ingested ingested = ingest.store(id, format, upload);
            return persist(Dataset.of(id, DatasetName.label(name), ingested));
        }
    }

    /** Takes in an upload packed with gzip. */
    Dataset ingestPacked(@Nullable String name, @Nullable DatasetFormat format, InputStream upload) {
        try (GzipUpload unpacked = new GzipUpload(upload, limits.gzipRatio())) {
            return ingest(name, format, unpacked);
        }
    }

    /** Refuses an upload by its announced length alone, before any of it is read. */
    void announce(long bytes) {
        if (bytes > limits.uploadBytes()) {
            throw UploadStream.tooLarge(limits.uploadBytes());
        }
        try {
            if (blobs.freeBytes() - bytes < limits.freeBytes()) {
                throw DatasetDraft.noSpace();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Transactional
    public Optional<Dataset> find(UUID id) {
        return datasets.findByIdOptional(id);
    }

    @Transactional
    List<Dataset> newest(int limit) {
        return datasets.newest(limit);
    }

    @Transactional
    List<Dataset> newestAfter(Instant createdAt, UUID id, int limit) {
        return datasets.newestAfter(createdAt, id, limit);
    }

    /** @throws ProblemException CONFLICT while a run uses it: the database knows */
    public void delete(UUID id) {
        if (!deleteRow(id)) {
            throw ProblemException.notFound("dataset");
        }
        deleteBlobs(id);
    }

    private Dataset persist(Dataset dataset) {
        try {
            QuarkusTransaction.requiringNew().run(() -> datasets.persistAndFlush(dataset));
            return dataset;
        } catch (RuntimeException failed) {
            deleteBlobs(dataset.id);
            throw failed;
        }
    }

    private boolean deleteRow(UUID id) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> datasets.deleteById(id));
        } catch (RuntimeException failed) {
            if (isUsed(failed)) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "Runs use this dataset. Delete them first, then the dataset.");
            }
            throw failed;
        }
    }

    private static boolean isUsed(@Nullable Throwable failed) {
        return failed != null && (failed instanceof ConstraintViolationException || isUsed(failed.getCause()));
    }

    /** Files that stay behind harm nobody: without a row they are no dataset. */
    private void deleteBlobs(UUID id) {
        try {
            blobs.delete(DatasetBlobs.folder(id));
        } catch (IOException failed) {
            Log.warnf(failed, "records of a dataset that is gone could not be deleted: dataset=%s", id);
        }
    }
}
