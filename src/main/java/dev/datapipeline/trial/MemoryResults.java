package dev.datapipeline.trial;

import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.storage.BlobReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Results in memory, of which more is taken from the lease as they come. Nothing is copied when they grow. */
final class MemoryResults implements BlobReader {
    private static final int PIECE = 64 * 1024;

    private final MemoryLease memory;
    private final long heldBefore;
    private final List<ByteBuffer> pieces = new ArrayList<>();
    private long size;

    /** @param heldBefore bytes of the lease that are something else's */
    MemoryResults(MemoryLease memory, long heldBefore) {
        this.memory = memory;
        this.heldBefore = heldBefore;
    }

    /** Takes all of the bytes; false when there is no memory for them. */
    boolean append(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (size == (long) pieces.size() * PIECE && !grow()) {
                return false;
            }
            int at = (int) (size % PIECE);
            int count = Math.min(bytes.remaining(), PIECE - at);
            pieces.getLast().put(at, bytes, bytes.position(), count);
            bytes.position(bytes.position() + count);
            size += count;
        }
        return true;
    }

    private boolean grow() {
        if (!memory.tryGrowTo(heldBefore + (pieces.size() + 1L) * PIECE)) {
            return false;
        }
        pieces.add(ByteBuffer.allocate(PIECE));
        return true;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(ByteBuffer target, long offset) {
        int read = 0;
        while (target.hasRemaining() && offset + read < size) {
            long from = offset + read;
            int at = (int) (from % PIECE);
            int count = (int) Math.min(Math.min(target.remaining(), PIECE - at), size - from);
            target.put(pieces.get((int) (from / PIECE)).slice(at, count));
            read += count;
        }
        return read;
    }

    /** Bytes of the result records that are whole: the last one may have been cut off. */
    long wholeRecords() {
        long whole = 0;
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        while (read(length.clear(), whole) == Integer.BYTES) {
            long next = whole + Integer.BYTES + Integer.toUnsignedLong(length.getInt(0));
            if (next > size) {
                return whole;
            }
            whole = next;
        }
        return whole;
    }

    @Override
    public void close() {
        // The lease is closed by whoever took it.
    }
}
