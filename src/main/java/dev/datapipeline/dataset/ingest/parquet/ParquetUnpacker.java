package dev.datapipeline.dataset.ingest.parquet;

import dev.datapipeline.thrift.ThriftValue.Struct;
import dev.datapipeline.thrift.ThriftValue.Truth;
import dev.datapipeline.thrift.ThriftWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Copies a Parquet file without compression, and without what is not needed to read all of it: statistics, indexes, checksums and notes. Every
 * size in it is bounded on the way. Not thread-safe.
 */
final class ParquetUnpacker {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME_BYTES = 8;
    private static final int MOST_FOOTER_BYTES = 32 * 1024 * 1024;
    private static final int MOST_PAGE_BYTES = 64 * 1024 * 1024;
    /** Of decoded pages that are in memory at a time: half of what the service may take, as one file is read at a time. */
    private static final long MOST_DECODED_BYTES = Runtime.getRuntime().maxMemory() / 2;

    /** Of rows of a column: being put together, waiting, and being read. */
    private static final int BATCHES = 4;

    private static final int BYTES_OF_NUMBER = 8;
    private static final int BYTES_AROUND_TEXT = 24;
    private static final int FIRST_TEXT_TYPE = 6;
    private static final int MOST_VALUES_OF_PAGE = 16 * 1024 * 1024;
    private static final int DATA_PAGE = 0;
    private static final int DICTIONARY_PAGE = 2;
    private static final int DATA_PAGE_2 = 3;

    private final FileChannel source;
    private final OutputStream target;
    private final PageCodec codec = new PageCodec();
    private long written;
    private long endOfData;

    ParquetUnpacker(FileChannel source, OutputStream target) {
        this.source = source;
        this.target = target;
    }

    void copy() throws IOException {
        write(MAGIC);
        Struct file = footer();
        ParquetLayout.check(file);
        if (file.fields().containsKey(ParquetLayout.ENCRYPTION)) {
            throw ParquetProblem.invalid("it is encrypted");
        }
        FillerColumn filler = new FillerColumn(file);
        for (Struct group : file.structs(ParquetLayout.ROW_GROUPS)) {
            copyGroup(group, filler);
        }
        file.remove(ParquetLayout.KEY_VALUES, ParquetLayout.COLUMN_ORDERS);
        byte[] footer = ThriftWriter.write(file);
        write(footer);
        write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footer.length)
                .array());
        write(MAGIC);
        target.flush();
    }

    private Struct footer() throws IOException {
        long size = source.size();
        if (size < FRAME_BYTES + MAGIC.length) {
            throw ParquetProblem.invalid("it is cut off");
        }
        ByteBuffer end = map(size - FRAME_BYTES, FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long length = end.getInt();
        byte[] magic = new byte[MAGIC.length];
        end.get(magic);
        endOfData = size - FRAME_BYTES - length;
        if (!Arrays.equals(magic, MAGIC)) {
            throw ParquetProblem.invalid("it is cut off, or encrypted");
        }
        if (length <= 0 || length > MOST_FOOTER_BYTES || endOfData < MAGIC.length) {
            throw ParquetProblem.invalid("the description at its end has an impossible length");
        }
        return ThriftReader.read(map(endOfData, length));
    }

    private void copyGroup(Struct group, FillerColumn filler) throws IOException {
        long begin = written;
        long decoded = 0;
        for (Struct chunk : group.structs(ParquetLayout.CHUNKS)) {
            Struct data = chunk.struct(ParquetLayout.CHUNK_DATA);
            if (data == null || chunk.fields().containsKey(ParquetLayout.CHUNK_ENCRYPTION)) {
                throw ParquetProblem.invalid("a column is encrypted, or has no description");
            }
            if (chunk.fields().containsKey(ParquetLayout.OTHER_FILE)) {
                throw ParquetProblem.invalid("its data is in another file");
            }
            decoded += copyChunk(data, group.whole(ParquetLayout.GROUP_ROWS, 0));
            if (decoded > MOST_DECODED_BYTES) {
                throw ParquetProblem.invalid(
                        "its texts or pages are too large for so many columns in the memory of the service. Write fewer columns, or pages of at most 20,000 rows");
            }
            chunk.remove(ParquetLayout.CHUNK_EXTRAS);
            chunk.putLong(ParquetLayout.CHUNK_OFFSET, data.whole(ParquetLayout.FIRST_DATA_PAGE, 0));
        }
        write(filler.add(group, written));
        group.remove(ParquetLayout.GROUP_EXTRAS);
        group.putLong(ParquetLayout.GROUP_BYTES, written - begin);
    }

    /** Returns the bytes of memory that reading it takes. */
    private long copyChunk(Struct data, long rows) throws IOException {
        long begin = written;
        long firstPage = data.whole(ParquetLayout.FIRST_DATA_PAGE, -1);
        long dictionary = data.whole(ParquetLayout.DICTIONARY_PAGE, 0);
        long start = dictionary > 0 && dictionary < firstPage ? dictionary : firstPage;
        ByteBuffer chunk = chunk(start, data.whole(ParquetLayout.PACKED_BYTES, -1));
        data.remove(ParquetLayout.DICTIONARY_PAGE);
        data.putLong(ParquetLayout.FIRST_DATA_PAGE, begin);
        ChunkCopy copy = new ChunkCopy(data, start, chunk);
        long values = data.whole(ParquetLayout.VALUES, 0);
        while (copy.values < values && chunk.hasRemaining()) {
            copy.page();
        }
        if (copy.values < values) {
            throw ParquetProblem.invalidAt(start, "a column has fewer values than it says");
        }
        data.putInt(ParquetLayout.CODEC, 0);
        data.putLong(ParquetLayout.UNPACKED_BYTES, written - begin);
        data.putLong(ParquetLayout.PACKED_BYTES, written - begin);
        data.remove(ParquetLayout.DATA_EXTRAS);
        return copy.memory(rows);
    }

    private ByteBuffer chunk(long start, long length) throws IOException {
        if (start < MAGIC.length || length < 0 || length > endOfData - start) {
            throw ParquetProblem.invalid("a column lies outside of the file");
        }
        if (length > Integer.MAX_VALUE) {
            throw ParquetProblem.invalid("a column has more than 2 GB in one row group; write smaller row groups");
        }
        return map(start, length);
    }

    private ByteBuffer map(long start, long length) throws IOException {
        return source.map(FileChannel.MapMode.READ_ONLY, start, length);
    }

    private void write(byte[] bytes) throws IOException {
        target.write(bytes, 0, bytes.length);
        written += bytes.length;
    }

    /** Copies the pages of one column in one row group. */
    private final class ChunkCopy {
        private final Struct data;
        private final long codecOfPages;
        private final long start;
        private final ByteBuffer chunk;
        private long values;
        private boolean hasData;
        private long dictionaryBytes;
        private long dictionaryCount;
        private long dataBytes;
        private long largestDecoded;

        ChunkCopy(Struct data, long start, ByteBuffer chunk) {
            this.data = data;
            this.codecOfPages = data.whole(ParquetLayout.CODEC, 0);
            this.start = start;
            this.chunk = chunk;
        }

        void page() throws IOException {
            long offset = start + chunk.position();
            Struct header = ThriftReader.read(chunk);
            int unpackedBytes = size(header.whole(ParquetLayout.PAGE_UNPACKED, -1), MOST_PAGE_BYTES, offset);
            byte[] packed = new byte[size(header.whole(ParquetLayout.PAGE_PACKED, -1), chunk.remaining(), offset)];
            chunk.get(packed);
            switch ((int) header.whole(ParquetLayout.PAGE_KIND, -1)) {
                case DATA_PAGE -> dataPage(header, packed, unpackedBytes, offset);
                case DATA_PAGE_2 -> dataPage2(header, packed, unpackedBytes, offset);
                case DICTIONARY_PAGE -> dictionaryPage(header, packed, unpackedBytes, offset);
                default -> {
                    // Indexes are not needed to read all rows.
                }
            }
        }

        private void dictionaryPage(Struct header, byte[] packed, int unpackedBytes, long offset) throws IOException {
            long count = content(header, ParquetLayout.PAGE_DICTIONARY, offset).whole(ParquetLayout.PAGE_VALUES, -1);
            if (hasData || dictionaryBytes > 0 || count < 0 || count > unpackedBytes) {
                throw ParquetProblem.invalidAt(offset, "a dictionary has an impossible size or place");
            }
            data.putLong(ParquetLayout.DICTIONARY_PAGE, written);
            dictionaryBytes = unpackedBytes;
            dictionaryCount = count;
            write(header, codec.unpack(codecOfPages, packed, 0, unpackedBytes, offset));
            data.putLong(ParquetLayout.FIRST_DATA_PAGE, written);
        }

        private void dataPage(Struct header, byte[] packed, int unpackedBytes, long offset) throws IOException {
            Struct content = content(header, ParquetLayout.PAGE_DATA, offset);
            count(content, unpackedBytes, offset);
            content.remove(ParquetLayout.STATISTICS);
            write(header, codec.unpack(codecOfPages, packed, 0, unpackedBytes, offset));
        }

        /** Its levels stand before its values and are not packed. */
        private void dataPage2(Struct header, byte[] packed, int unpackedBytes, long offset) throws IOException {
            Struct content = content(header, ParquetLayout.PAGE_DATA_2, offset);
            count(content, unpackedBytes, offset);
            int most = Math.min(packed.length, unpackedBytes);
            int levels = size(
                    (long) size(content.whole(ParquetLayout.LEVELS_OF_DEFINITION, 0), most, offset)
                            + size(content.whole(ParquetLayout.LEVELS_OF_REPETITION, 0), most, offset),
                    most,
                    offset);
            boolean isPacked =
                    !new Truth(false).equals(content.fields().get(ParquetLayout.IS_PACKED)) && unpackedBytes > levels;
            byte[] unpacked = codec.unpack(isPacked ? codecOfPages : 0, packed, levels, unpackedBytes - levels, offset);
            byte[] page = Arrays.copyOf(packed, unpackedBytes);
            System.arraycopy(unpacked, 0, page, levels, unpacked.length);
            content.put(ParquetLayout.IS_PACKED, new Truth(false));
            content.remove(ParquetLayout.STATISTICS_2);
            write(header, page);
        }

        private void count(Struct content, int unpackedBytes, long offset) {
            long count = size(content.whole(ParquetLayout.PAGE_VALUES, -1), MOST_VALUES_OF_PAGE, offset);
            boolean isText = data.whole(ParquetLayout.TYPE, 0) >= FIRST_TEXT_TYPE;
            long decoded = isText ? count * BYTES_AROUND_TEXT + unpackedBytes : count * BYTES_OF_NUMBER;
            largestDecoded = Math.max(largestDecoded, decoded);
            dataBytes += isText ? unpackedBytes : count * BYTES_OF_NUMBER;
            values += count;
            hasData = true;
        }

        /** Of the pages that are decoded ahead, and of the rows that are put together from them. */
        long memory(long rows) {
            long texts = dictionaryCount == 0 ? 0 : values * (dictionaryBytes / dictionaryCount);
            long bytesOfRow = (dataBytes + texts) / Math.max(rows, 1) + 1;
            long batches = bytesOfRow * Math.min(rows, FillerColumn.ROWS_OF_BATCH) * BATCHES;
            return dictionaryBytes + largestDecoded * (ParquetReader.PAGES_AHEAD + 1) + batches;
        }

        private Struct content(Struct header, int field, long offset) {
            Struct content = header.struct(field);
            if (content == null) {
                throw ParquetProblem.invalidAt(offset, "a page has no description");
            }
            return content;
        }

        private int size(long stated, int most, long offset) {
            if (stated < 0 || stated > most) {
                throw ParquetProblem.invalidAt(
                        offset, "a page has a size of %,d, and at most %,d is possible".formatted(stated, most));
            }
            return (int) stated;
        }

        private void write(Struct header, byte[] page) throws IOException {
            header.putInt(ParquetLayout.PAGE_UNPACKED, page.length);
            header.putInt(ParquetLayout.PAGE_PACKED, page.length);
            header.remove(ParquetLayout.PAGE_CHECKSUM);
            ParquetUnpacker.this.write(ThriftWriter.write(header));
            ParquetUnpacker.this.write(page);
        }
    }
}
