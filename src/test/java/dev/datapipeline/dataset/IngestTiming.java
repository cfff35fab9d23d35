package dev.datapipeline.dataset;

import dev.datapipeline.storage.FileBlobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Prints how fast an upload is taken in, by hand: {@code IngestTiming [megabytes] [folder]}. */
final class IngestTiming {
    private IngestTiming() {}

    public static void main(String[] arguments) throws IOException {
        long megabytes = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1024;
        Path folder = arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("ingest-timing");
        FileBlobs blobs = new FileBlobs(folder);
        Ingest ingest = new Ingest(blobs, new IngestLimits(1L << 40, 16 << 20, 500, 200, 0));
        measure("warm up", ingest, blobs, flatRecord(), 200);
        measure("1 KB records, ten fields", ingest, blobs, flatRecord(), megabytes);
        measure("125 byte records", ingest, blobs, smallRecord(), megabytes);
        measure(
                "lines ended by CRLF, spaced",
                ingest,
                blobs,
                flatRecord().replace(",\"", ", \"").replace("\n", "\r\n"),
                megabytes);
        measure("text beyond ASCII", ingest, blobs, foreignRecord(), megabytes);
        measure("CSV", ingest, blobs, "12345,some name of a person,\"quoted, text\",19.99,2024-02-29\n", megabytes);
    }

    private static void measure(String what, Ingest ingest, FileBlobs blobs, String record, long megabytes)
            throws IOException {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        UUID dataset = UUID.randomUUID();
        boolean isCsv = record.charAt(0) != '{';
        byte[] head = (isCsv ? "id,name,text,price,day\n" : "").getBytes(StandardCharsets.UTF_8);
        byte[] block = record.repeat(Math.max(1, 65_536 / bytes.length)).getBytes(StandardCharsets.UTF_8);
        InputStream upload =
                new Repeated(isCsv ? head : new byte[] {'\n'}, block, megabytes * 1_000_000 / block.length);
        long start = System.nanoTime();
        Ingested ingested = ingest.store(dataset, isCsv ? DatasetFormat.CSV : DatasetFormat.NDJSON, upload);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%-28s %7.0f MB/s %10.0f records/s%n",
                what, ingested.bytes() / 1e6 / seconds, ingested.records() / seconds);
        blobs.delete(DatasetBlobs.folder(dataset));
    }

    private static String smallRecord() {
        return "{\"id\": 123456, \"country\": \"France\", \"capital\": \"Paris\", \"note\": \"some words to fill the record a little more, so\"}\n";
    }

    private static String flatRecord() {
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

    private static String foreignRecord() {
        return "{\"id\":1,\"text\":\"" + "数据管道框架".repeat(40) + "\",\"city\":\"Zürich\"}\n";
    }

    /** A head once, then a block many times. */
    private static final class Repeated extends InputStream {
        private final byte[] block;
        private byte[] current;
        private int position;
        private long left;

        Repeated(byte[] head, byte[] block, long times) {
            this.block = block;
            this.current = head;
            this.left = times;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position == current.length) {
                if (left == 0) {
                    return -1;
                }
                left--;
                current = block;
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
