package dev.datapipeline.results.scan;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Holds values of records in memory, one at a time, while they are parsed; large ones are counted in the memory budget. */
public final class ValuesInMemory {
    /** Values up to this size are not counted. */
    private static final int SMALL = 64 * 1024;

    /** Memory for a value, as a multiple of its size: its bytes twice, and its texts. */
    private static final int COPIES = 6;

    private final MemoryBudget budget;

    public ValuesInMemory(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Where the bytes of a value come from. */
    @FunctionalInterface
    public interface Value {
        void writeTo(OutputStream target) throws IOException;
    }

    /** What is made of the bytes. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(byte[] value) throws IOException;
    }

    /**
     * Reads a value and parses it.
     *
     * @param length of the value in bytes
     * @throws dev.datapipeline.problem.ProblemException MEMORY_UNAVAILABLE
     */
    public <T> T parse(long length, Value value, Parser<T> parser) throws IOException {
        try (MemoryLease memory = budget.take(length <= SMALL ? 0 : COPIES * length)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) length);
            value.writeTo(bytes);
            return parser.parse(bytes.toByteArray());
        }
    }
}
