package dev.datapipeline.dataset.ingest;

import java.io.InputStream;

/** Gives its bytes in pieces of one size, as a slow network does. */
public final class TrickleStream extends InputStream {
    private final byte[] bytes;
    private final int pieceBytes;
    private int position;

    public TrickleStream(byte[] bytes, int pieceBytes) {
        this.bytes = bytes;
        this.pieceBytes = pieceBytes;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == bytes.length) {
            return -1;
        }
        int count = Math.min(Math.min(length, pieceBytes), bytes.length - position);
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int read() {
        return position == bytes.length ? -1 : bytes[position++] & 0xFF;
    }
}
