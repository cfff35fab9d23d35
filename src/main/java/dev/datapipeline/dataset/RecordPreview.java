package dev.datapipeline.dataset;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.datapipeline.storage.Blobs;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Writes stored records as JSON, byte for byte as they were uploaded, since parsing would change numbers and escapes. */
@Singleton
final class RecordPreview {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Blobs blobs;

    RecordPreview(Blobs blobs) {
        this.blobs = blobs;
    }

    /** Part of the records of a dataset, in their order; how {@link #write} shows them. */
    @Schema(name = "DatasetRecords")
    record Records(List<Map<String, Object>> items, long offset, int limit, long total) {}

    /** Writes up to {@code limit} records from index {@code offset} on; {@code target} stays open. */
    void write(Dataset dataset, long offset, int limit, OutputStream target) throws IOException {
        long first = Math.min(offset, dataset.records());
        long count = Math.min(limit, dataset.records() - first);
        OutputStream out = new BufferedOutputStream(target, BUFFER_BYTES);
        try (DatasetRecords records = DatasetRecords.open(blobs, dataset.id())) {
            out.write("{\"items\":[".getBytes(US_ASCII));
            writeItems(records.lines(first, count), out);
        }
        String rest = "],\"offset\":%d,\"limit\":%d,\"total\":%d}".formatted(offset, limit, dataset.records());
        out.write(rest.getBytes(US_ASCII));
        out.flush();
    }

    private static void writeItems(RecordLines lines, OutputStream out) throws IOException {
        for (boolean isFirst = true; lines.next(); isFirst = false) {
            if (!isFirst) {
                out.write(',');
            }
            lines.writeRecord(out);
        }
    }
}
