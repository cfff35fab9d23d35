package dev.datapipeline.llm.call;

import java.util.UUID;

/** Who makes a call, as far as that is known. Answers are kept for a caller, so that it gets them again when it runs again. */
public sealed interface Caller {
    /** What stands in logs for calls of which nobody knows the batch. */
    long NOBODY = -1;

    /** Stands for the caller in logs: the index of its record; where no record is known, a negative number that tells the batch. */
    long number();

    /** The first record of the batch that a number stands for, or the record itself; {@link #NOBODY} where no batch is known. */
    static long recordOfBatch(long number) {
        return number < NOBODY ? NOBODY - 1 - number : number;
    }

    /** @param index of a record in the dataset */
    record OfRecord(long index) implements Caller {
        @Override
        public long number() {
            return index;
        }
    }

    /** Some record of a batch, or several: a thread that the script has started, another program. The records of a batch run together. */
    record OfBatch(long firstRecord, long records) implements Caller {
        @Override
        public long number() {
            return NOBODY - 1 - firstRecord;
        }
    }

    /** A sandbox that works on no batch: it loads scripts, as every sandbox of the run does. */
    record OfSandbox(UUID sandbox) implements Caller {
        @Override
        public long number() {
            return NOBODY;
        }
    }
}
