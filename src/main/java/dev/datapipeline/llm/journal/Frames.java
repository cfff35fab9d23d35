package dev.datapipeline.llm.journal;

import dev.datapipeline.storage.BlobReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Entries of a file: length and checksum, 4 bytes each, then the bytes. What a dying process left half written ends the file. */
public final class Frames {
    /** Bytes in front of an entry. */
    public static final int HEADER = 8;

    private static final int LONGEST = 64 << 20;
    private static final int BUFFER = 256 << 10;
    private static final int USUAL_ENTRY = 8 << 10;

    private Frames() {}

    /** What reading hands out. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param offset of the entry's first byte, behind its header
         * @param entry valid during the call only
         */
        void visit(long offset, ByteBuffer entry) throws IOException;
    }

    /** The entry with its header, ready to be written. */
    public static ByteBuffer of(byte[] entry) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + entry.length);
        frame.putInt(entry.length).putInt(checksum(ByteBuffer.wrap(entry))).put(entry);
        return frame.flip();
    }

    static int checksum(ByteBuffer entry) {
        CRC32C checksum = new CRC32C();
        checksum.update(entry.duplicate());
        return (int) checksum.getValue();
    }

    /** Visits all whole entries from {@code start} on; returns where the first entry that is not whole would begin. */
    public static long read(BlobReader file, long start, Visitor visitor) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
        long offset = start;
        while (true) {
            if (!isWhole(buffer)) {
                buffer = refill(file, buffer, offset);
                if (!isWhole(buffer)) {
                    return offset;
                }
            }
            Optional<ByteBuffer> entry = first(buffer);
            if (entry.isEmpty()) {
                return offset;
            }
            int length = HEADER + entry.get().remaining();
            visitor.visit(offset + HEADER, entry.get());
            buffer.position(buffer.position() + length);
            offset += length;
        }
    }

    /** The entry whose header begins at {@code start}; nothing where no whole entry does. */
    public static Optional<ByteBuffer> readOne(BlobReader file, long start) throws IOException {
        ByteBuffer buffer = refill(file, ByteBuffer.allocate(USUAL_ENTRY), start);
        return isWhole(buffer) ? first(buffer) : Optional.empty();
    }

    /** The whole entry at the buffer's position; nothing where its checksum is wrong. */
    private static Optional<ByteBuffer> first(ByteBuffer buffer) {
        ByteBuffer entry = buffer.slice(buffer.position() + HEADER, buffer.getInt(buffer.position()));
        boolean isUndamaged = checksum(entry) == buffer.getInt(buffer.position() + Integer.BYTES);
        return isUndamaged ? Optional.of(entry) : Optional.empty();
    }

    private static boolean isWhole(ByteBuffer buffer) {
        int length = length(buffer);
        return length >= 0 && buffer.remaining() - HEADER >= length;
    }

    /** Returns -1 where no entry begins. */
    private static int length(ByteBuffer buffer) {
        if (buffer.remaining() < HEADER) {
            return -1;
        }
        int length = buffer.getInt(buffer.position());
        return length > LONGEST ? -1 : length;
    }

    /** Reads from the offset on, at least the entry that begins there. */
    private static ByteBuffer refill(BlobReader file, ByteBuffer old, long offset) throws IOException {
        file.read(old.clear(), offset);
        old.flip();
        int needed = HEADER + Math.max(0, length(old));
        if (needed <= old.capacity()) {
            return old;
        }
        ByteBuffer larger = ByteBuffer.allocate(needed);
        file.read(larger, offset);
        return larger.flip();
    }
}
