package dev.datapipeline.llm.gateway.attempt;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bytes of an answer as they came, counted in the budget of memory. Pieces stay apart until the end: an array that grows is copied each time. */
final class AnswerBuffer implements AutoCloseable {
    private static final long FIRST_SIZE = 16 * 1024;

    private final List<byte[]> pieces = new ArrayList<>();
    private final Optional<MemoryLease> lease;
    private long room;
    private int size;

    AnswerBuffer(MemoryBudget memory) {
        lease = memory.tryTake(FIRST_SIZE);
        room = lease.isPresent() ? FIRST_SIZE : 0;
    }

    /** @return false when memory is short; nothing is added then */
    boolean tryAdd(byte[] piece) {
        long needed = (long) size + piece.length;
        if (needed > room) {
            long wanted = Math.max(needed, 2 * room);
            if (lease.isEmpty() || !lease.get().tryGrowTo(wanted)) {
                return false;
            }
            room = wanted;
        }
        pieces.add(piece);
        size += piece.length;
        return true;
    }

    int size() {
        return size;
    }

    /** Hands out all bytes; the buffer is empty then. */
    byte[] takeBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        pieces.forEach(bytes::put);
        pieces.clear();
        size = 0;
        return bytes.array();
    }

    @Override
    public void close() {
        pieces.clear();
        lease.ifPresent(MemoryLease::close);
    }
}
