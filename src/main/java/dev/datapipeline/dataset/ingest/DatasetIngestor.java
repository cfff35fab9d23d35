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

/** Reads an upload in one pass and checks, digests, summarises and stores it record by record. */
public final class DatasetIngestor {
    private final Blobs blobs;
    private final IngestLimits limits;
    private final LargeFiles large = new LargeFiles();

    public DatasetIngestor(Blobs blobs, IngestLimits limits) {
        this.blobs = blobs;
        this.limits = limits;
    }

    /** Stores the records of {@code body}, which stays open; they are durable when this returns. A failed upload leaves nothing. */
    public IngestSummary store(UUID dataset, UploadHints hints, InputStream body) {
        FieldSummary summary = new FieldSummary();
        try (DatasetWriter writer = DatasetWriter.begin(blobs, dataset, limits);
                OpenUpload upload = new OpenUpload(body, hints, summary, blobs, limits, large)) {
            IngestSummary ingested = read(upload, summary, writer);
            publish(writer, dataset);
            return ingested;
        } catch (IOException failed) {
            if (isOutOfSpace(failed)) {
                throw DatasetWriter.noSpace();
            }
            throw new UncheckedIOException(failed);
        }
    }

    /** Decompresses an upload that its client calls gzip; {@code packed} stays open. */
    public GzipUpload unpack(InputStream packed) {
        return new GzipUpload(packed, limits.gzipRatio());
    }

    /** Rejects an upload that is too large by its announced length, before any of it is read. */
    public void checkLength(long bytes) {
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

    private static IngestSummary read(OpenUpload upload, FieldSummary summary, DatasetWriter writer)
            throws IOException {
        RecordReader reader = upload.reader();
        for (ByteBuffer record = reader.next(); record != null; record = reader.next()) {
            writer.add(record);
        }
        if (writer.count() == 0) {
            throw new ProblemException(ProblemType.EMPTY_DATASET, "The upload contains no record. Send at least one.");
        }
        UploadStream document = upload.document();
        return new IngestSummary(
                reader.readAs(),
                writer.count(),
                document.bytes(),
                document.sha256(),
                summary.fields(),
                upload.member());
    }

    private void publish(DatasetWriter writer, UUID dataset) throws IOException {
        try {
            writer.publish();
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
