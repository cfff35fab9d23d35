package dev.datapipeline.dataset.ingest;

import dev.datapipeline.dataset.ingest.format.DatasetField;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FieldSummary;
import dev.datapipeline.dataset.ingest.format.FormatClaim;
import dev.datapipeline.dataset.ingest.format.ReadAs;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.dataset.ingest.input.RecordReader;
import dev.datapipeline.dataset.ingest.input.UploadBuffer;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that reading an upload gives: the records, or the problem and where it is.
 *
 * @param records as text in Latin-1, so that every byte can be told from every other
 * @param readAs how it was understood, null when it was rejected
 */
public record Reading(
        List<String> records,
        @Nullable ReadAs readAs,
        List<DatasetField> fields,
        @Nullable ProblemType problem,
        @Nullable Position position,
        @Nullable String detail) {
    public static final IngestLimits LIMITS = new IngestLimits(1L << 30, 1024 * 1024, 500, 200, 0);

    public static Reading of(String upload, @Nullable DatasetFormat format) {
        return of(upload.getBytes(StandardCharsets.UTF_8), format);
    }

    public static Reading of(byte[] upload, @Nullable DatasetFormat format) {
        return of(upload, format, Integer.MAX_VALUE, 256 * 1024, LIMITS);
    }

    public static Reading hinted(String upload, UploadHints hints) {
        return of(upload.getBytes(StandardCharsets.UTF_8), hints, Integer.MAX_VALUE, 256 * 1024, LIMITS);
    }

    /** What a client says that only knows the format. */
    public static UploadHints hints(@Nullable DatasetFormat format) {
        return format == null ? UploadHints.none() : UploadHints.of(new FormatClaim(format, null, "The test"));
    }

    public static Reading of(
            byte[] upload, @Nullable DatasetFormat format, int pieceBytes, int windowBytes, IngestLimits limits) {
        return of(upload, hints(format), pieceBytes, windowBytes, limits);
    }

    public static Reading of(byte[] upload, UploadHints hints, int pieceBytes, int windowBytes, IngestLimits limits) {
        FieldSummary summary = new FieldSummary();
        List<String> records = new ArrayList<>();
        try {
            UploadBuffer buffer =
                    new UploadBuffer(new TrickleStream(upload, pieceBytes), windowBytes, limits.recordBytes());
            RecordReader reader = RecordReaders.open(buffer, summary, limits, hints);
            for (ByteBuffer record = reader.next(); record != null; record = reader.next()) {
                records.add(StandardCharsets.ISO_8859_1.decode(record).toString());
            }
            return new Reading(records, reader.readAs(), summary.fields(), null, null, null);
        } catch (ProblemException rejected) {
            return new Reading(
                    records, null, summary.fields(), rejected.type(), rejected.position(), rejected.getMessage());
        }
    }

    @Nullable
    public DatasetFormat format() {
        return readAs == null ? null : readAs.format();
    }

    public List<String> notes() {
        return readAs == null ? List.of() : readAs.notes();
    }

    /** Of the columns, null when there are none. */
    @Nullable
    public String separator() {
        return readAs == null || readAs.separator() == null
                ? null
                : readAs.separator().text();
    }

    /** The records as text in UTF-8. */
    public List<String> texts() {
        return records.stream()
                .map(record -> new String(record.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .toList();
    }
}
