package dev.datapipeline.environment.index.page;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A page of limited size. */
final class BoundedStream extends FilterInputStream {
    private static final long MEGABYTE = 1024L * 1024;

    private final long limit;
    private long read;

    BoundedStream(InputStream page, long limit) {
        super(page);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            count(1);
        }
        return next;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int count = super.read(target, from, length);
        if (count > 0) {
            count(count);
        }
        return count;
    }

    private void count(int more) throws IOException {
        read += more;
        if (read > limit) {
            throw new PageFormatException("its page is larger than " + limit / MEGABYTE + " MB");
        }
    }
}
