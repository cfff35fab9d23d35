package dev.datapipeline.results.export.sample;

import java.io.OutputStream;

/** Counts what is written and keeps none of it. Not thread-safe. */
public final class CountedBytes extends OutputStream {
    private long count;

    @Override
    public void write(int value) {
        count++;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        count += length;
    }

    public long count() {
        return count;
    }
}
