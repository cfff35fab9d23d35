package dev.datapipeline.llm.gateway.attempt;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Bytes of an answer, counted in the budget of memory. */
final class AnswerBuffer implements AutoCloseable {
    private static final long FIRST_SIZE = 16 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Optional<MemoryLease> lease;
    private long room;

    AnswerBuffer(MemoryBudget memory) {
        lease = memory.tryTake(FIRST_SIZE);
        room = lease.isPresent() ? FIRST_SIZE : 0;
    }

    /** @return false when memory is short; nothing is added then */
    boolean tryAdd(byte[] piece) {
        long needed = (long) bytes.size() + piece.length;
        if (needed > room) {
            long wanted = Math.max(needed, 2 * room);
            if (lease.isEmpty() || !lease.get().tryGrowTo(wanted)) {
                return false;
            }
            room = wanted;
        }
        bytes.writeBytes(piece);
        return true;
    }

    int size() {
        return bytes.size();
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        lease.ifPresent(MemoryLease::close);
    }
}
