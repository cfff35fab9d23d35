package dev.datapipeline.dataset.ingest;

import dev.datapipeline.dataset.ingest.format.FieldSummary;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.dataset.ingest.input.GzipUpload;
import dev.datapipeline.dataset.ingest.input.RecordReader;
import dev.datapipeline.dataset.ingest.input.UploadStream;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.storage.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;

/** Takes an upload through the gate, in one pass: checked, digested, summarised and stored record by record. */
public final class DatasetIngestor {
    private final Blobs blobs;
    private final IngestLimits limits;

    public DatasetIngestor(Blobs blobs, IngestLimits limits) {
        this.blobs = blobs;
        this.limits = limits;
    }

    /**
     * Stores the records of {@code body} as those of {@code dataset}, durable when this returns. Nothing stays of an upload that is
     * refused or breaks off.
     *
     * @param body unpacked; stays open
     */
    public IngestSummary store(UUID dataset, UploadHints hints, InputStream body) {
        try (DatasetWriter draft = DatasetWriter.begin(blobs, dataset, limits)) {
            IngestSummary ingested = read(hints, new UploadStream(body, limits.uploadBytes()), draft);
            publish(draft, dataset);
            return ingested;
        } catch (IOException failed) {
            if (isOutOfSpace(failed)) {
                throw DatasetWriter.noSpace();
            }
            throw new UncheckedIOException(failed);
        }
    }

    /** Unpacks an upload that is said to be gzip; {@code packed} stays open. */
    public GzipUpload unpack(InputStream packed) {
        return new GzipUpload(packed, limits.gzipRatio());
    }

    /** Refuses an upload by its length alone, before any of it is read. */
    public void announce(long bytes) {
        if (bytes > limits.uploadBytes()) {
            throw UploadStream.tooLarge(limits.uploadBytes());
        }
        try {
            if (blobs.freeBytes() - bytes < limits.freeBytes()) {
                throw DatasetWriter.noSpace();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private IngestSummary read(UploadHints hints, UploadStream upload, DatasetWriter draft) throws IOException {
        FieldSummary summary = new FieldSummary();
        RecordReader reader = RecordReaders.open(upload, summary, limits, hints);
        for (ByteBuffer record = reader.next(); record != null; record = reader.next()) {
            draft.add(record);
        }
        if (draft.count() == 0) {
            throw new ProblemException(ProblemType.EMPTY_DATASET, "The upload holds no record. Send at least one.");
        }
        return new IngestSummary(reader.readAs(), draft.count(), upload.bytes(), upload.sha256(), summary.fields());
    }

    private void publish(DatasetWriter draft, UUID dataset) throws IOException {
        try {
            draft.publish();
        } catch (IOException failed) {
            blobs.delete(DatasetBlobs.folder(dataset));
            throw failed;
        }
    }

    /** Java tells a full disk by the text of the operating system only. */
    private static boolean isOutOfSpace(IOException failed) {
        String reason = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
        return reason.contains("no space left") || reason.contains("quota exceeded");
    }
}
