package dev.datapipeline.dataset.ingest;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FieldSummary;
import dev.datapipeline.dataset.ingest.input.RecordReader;
import dev.datapipeline.storage.FileBlobs;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Prints how fast uploads are read and taken in, by hand: {@code DatasetIngestorTiming [megabytes] [folder]}. The rate per second of processor time
 * also means something on a busy machine.
 */
final class DatasetIngestorTiming {
    private static final IngestLimits LIMITS = new IngestLimits(1L << 40, 16 << 20, 500, 200, 0);

    private final FileBlobs blobs;
    private final long megabytes;

    private DatasetIngestorTiming(FileBlobs blobs, long megabytes) {
        this.blobs = blobs;
        this.megabytes = megabytes;
    }

    public static void main(String[] arguments) throws IOException {
        long megabytes = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1024;
        Path folder = arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("ingest-timing");
        DatasetIngestorTiming timing = new DatasetIngestorTiming(new FileBlobs(folder), megabytes);
        for (int round = 0; round < 2; round++) {
            System.out.printf("%-24s %34s %34s%n", "MB/s (per CPU second)", "read", "digested and stored");
            timing.measure("1 KB, twelve fields", DatasetFormat.NDJSON, "", kilobyte());
            timing.measure("125 bytes, four fields", DatasetFormat.NDJSON, "", small());
            timing.measure(
                    "over several lines", DatasetFormat.JSON, "[", kilobyte().replace(",\"", ",\n    \"") + ",");
            timing.measure("text beyond ASCII", DatasetFormat.NDJSON, "", beyondAscii());
            timing.measure(
                    "escapes", DatasetFormat.NDJSON, "", "{\"text\":\"" + "\\\"a\\n\\u00e9".repeat(80) + "\"}\n");
            timing.measure("numbers", DatasetFormat.NDJSON, "", "{\"v\":[" + "1.25,-17,".repeat(50) + "0]}\n");
            timing.measure(
                    "CSV",
                    DatasetFormat.CSV,
                    "id,name,text,price,day\n",
                    "12345,a name,\"quoted, text\",19.99,2024-02-29\n");
        }
    }

    private void measure(String what, DatasetFormat format, String head, String record) throws IOException {
        UUID dataset = UUID.randomUUID();
        DatasetIngestor ingest = new DatasetIngestor(blobs, LIMITS);
        String read = rate(() -> read(format, upload(head, record)));
        String stored = rate(() -> ingest.store(dataset, Reading.hints(format), upload(head, record)));
        System.out.printf("%-24s %34s %34s%n", what, read, stored);
        blobs.delete(DatasetBlobs.folder(dataset));
    }

    private static void read(DatasetFormat format, InputStream upload) {
        RecordReader reader = RecordReaders.open(upload, new FieldSummary(), LIMITS, Reading.hints(format));
        while (reader.next() != null) {
            Thread.onSpinWait();
        }
    }

    private String rate(Runnable work) {
        long wall = System.nanoTime();
        long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor;
        wall = System.nanoTime() - wall;
        return "%.0f (%.0f)".formatted(megabytes * 1e9 / wall, megabytes * 1e9 / processor);
    }

    private InputStream upload(String head, String record) {
        byte[] block = record.repeat(Math.max(1, 65_536 / record.length())).getBytes(StandardCharsets.UTF_8);
        byte[] tail = (head.equals("[") ? "{}]" : "").getBytes(StandardCharsets.UTF_8);
        return new Repeated(head.getBytes(StandardCharsets.UTF_8), block, megabytes * 1_000_000 / block.length, tail);
    }

    private static String small() {
        return "{\"id\": 123456, \"country\": \"France\", \"capital\": \"Paris\", \"note\": \"some words that fill the record, so that it is 125 bytes\"}\n";
    }

    private static String kilobyte() {
        StringBuilder record = new StringBuilder("{\"id\":1234567");
        for (int field = 0; field < 9; field++) {
            record.append(",\"field")
                    .append(field)
                    .append("\":\"")
                    .append("lorem ipsum dolor ".repeat(5))
                    .append('"');
        }
        return record.append(",\"price\":1.10,\"ok\":true}\n").toString();
    }

    private static String beyondAscii() {
        return "{\"id\":1,\"text\":\"" + "数据管道框架".repeat(40) + "\",\"city\":\"" + "Zürich ".repeat(20) + "\"}\n";
    }

    /** A head, a block many times, a tail. */
    private static final class Repeated extends InputStream {
        private final byte[] block;
        private final byte[] tail;
        private byte[] current;
        private int position;
        private long left;

        Repeated(byte[] head, byte[] block, long times, byte[] tail) {
            this.block = block;
            this.tail = tail;
            this.current = head;
            this.left = times;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            while (position == current.length) {
                if (left < 0) {
                    return -1;
                }
                current = left > 0 ? block : tail;
                left--;
                position = 0;
            }
            int count = Math.min(length, current.length - position);
            System.arraycopy(current, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }
    }
}
