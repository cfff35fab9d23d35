package dev.datapipeline.ingest;

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
 * @param format of what was read, null when it was refused
 */
record Reading(
        List<String> records,
        @Nullable DatasetFormat format,
        List<DatasetField> fields,
        @Nullable ProblemType problem,
        @Nullable Position position,
        @Nullable String detail) {
    static final IngestLimits LIMITS = new IngestLimits(1L << 30, 1024 * 1024, 500, 200, 0);

    static Reading of(String upload, @Nullable DatasetFormat format) {
        return of(upload.getBytes(StandardCharsets.UTF_8), format);
    }

    static Reading of(byte[] upload, @Nullable DatasetFormat format) {
        return of(upload, format, Integer.MAX_VALUE, 256 * 1024, LIMITS);
    }

    static Reading of(
            byte[] upload, @Nullable DatasetFormat format, int pieceBytes, int windowBytes, IngestLimits limits) {
        FieldSummary summary = new FieldSummary();
        List<String> records = new ArrayList<>();
        try {
            UploadCursor cursor =
                    new UploadCursor(new TrickleStream(upload, pieceBytes), windowBytes, limits.recordBytes());
            RecordReader reader = RecordReaders.open(cursor, summary, limits, format);
            for (ByteBuffer record = reader.next(); record != null; record = reader.next()) {
                records.add(StandardCharsets.ISO_8859_1.decode(record).toString());
            }
            return new Reading(records, reader.format(), summary.fields(), null, null, null);
        } catch (ProblemException refused) {
            return new Reading(
                    records, null, summary.fields(), refused.type(), refused.position(), refused.getMessage());
        }
    }

    /** The records as text in UTF-8. */
    List<String> texts() {
        return records.stream()
                .map(record -> new String(record.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .toList();
    }
}
