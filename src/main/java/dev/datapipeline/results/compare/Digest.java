package dev.datapipeline.results.compare;

import java.io.IOException;
import java.io.OutputStream;

/** Digests values so that they can be compared without keeping them. Not thread-safe. */
interface Digest {
    interface Value {
        void writeTo(OutputStream target) throws IOException;
    }

    /** @param length of the value in bytes */
    byte[] of(long length, Value value) throws IOException;
}
