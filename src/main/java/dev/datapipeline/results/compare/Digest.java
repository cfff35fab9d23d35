package dev.datapipeline.results.compare;

import java.io.IOException;
import java.io.OutputStream;

/** A digest of values, by which they are told apart without being kept. Not thread-safe. */
interface Digest {
    /** One value, written when it is needed. */
    interface Value {
        void writeTo(OutputStream target) throws IOException;
    }

    /** @param length of the value in bytes */
    byte[] of(long length, Value value) throws IOException;
}
