package dev.datapipeline.llm.gateway.attempt;

import dev.datapipeline.memory.MemoryBudget;
import java.util.Optional;

/** A copy of a stream for replay, as long as it is small enough and there is memory for it. */
final class StreamCopy implements AutoCloseable {
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private final AnswerBuffer buffer;
    private boolean isWhole = true;

    StreamCopy(MemoryBudget memory) {
        buffer = new AnswerBuffer(memory);
    }

    void add(byte[] bytes) {
        isWhole = isWhole && buffer.size() + bytes.length <= MAX_BYTES && buffer.tryAdd(bytes);
        if (!isWhole) {
            close();
        }
    }

    /** @return everything, with these bytes at the end; empty where it is not whole */
    Optional<byte[]> with(byte[] last) {
        add(last);
        return isWhole ? Optional.of(buffer.takeBytes()) : Optional.empty();
    }

    @Override
    public void close() {
        buffer.close();
    }
}
