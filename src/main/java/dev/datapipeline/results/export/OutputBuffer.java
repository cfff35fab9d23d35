package dev.datapipeline.results.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A BufferedOutputStream without its lock, for rows of many small pieces. Not thread-safe. */
public final class OutputBuffer extends FilterOutputStream {
    private final byte[] buffer;
    private int filled;

    public OutputBuffer(OutputStream target, int size) {
        super(target);
        buffer = new byte[size];
    }

    @Override
    public void write(int value) throws IOException {
        if (filled == buffer.length) {
            empty();
        }
        buffer[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (length > buffer.length - filled) {
            empty();
            if (length >= buffer.length) {
                out.write(source, offset, length);
                return;
            }
        }
        System.arraycopy(source, offset, buffer, filled, length);
        filled += length;
    }

    @Override
    public void flush() throws IOException {
        empty();
        out.flush();
    }

    private void empty() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
    }
}
