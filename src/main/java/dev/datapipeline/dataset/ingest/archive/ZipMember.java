package dev.datapipeline.dataset.ingest.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/** The bytes of one member, unpacked. Refuses what unpacks to too much, and what is not what the archive says of it. */
final class ZipMember extends InputStream {
    /** Below this nothing is called a bomb: short runs of spaces pack very well. */
    private static final long HARMLESS_BYTES = 32L * 1024 * 1024;

    private final ZipArchiveEntry entry;
    private final InputStream source;
    private final long packedBytes;
    private final int maxRatio;
    private final CRC32 checksum = new CRC32();
    private long unpackedBytes;

    ZipMember(ZipArchiveEntry entry, InputStream source, long packedBytes, int maxRatio) {
        this.entry = entry;
        this.source = source;
        this.packedBytes = packedBytes;
        this.maxRatio = maxRatio;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = unpack(target, offset, length);
        if (count < 0) {
            checkWhole();
            return count;
        }
        checksum.update(target, offset, count);
        unpackedBytes += count;
        if (unpackedBytes > HARMLESS_BYTES && unpackedBytes / maxRatio > packedBytes) {
            throw ArchiveProblem.bomb(entry.getName(), maxRatio);
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** The file is on this machine, so that whatever fails is the data of the member. */
    private int unpack(byte[] target, int offset, int length) {
        try {
            return source.read(target, offset, length);
        } catch (IOException damaged) {
            throw ArchiveProblem.invalidMember(entry.getName(), "is damaged");
        }
    }

    private void checkWhole() {
        if (unpackedBytes != entry.getSize()) {
            throw ArchiveProblem.invalidMember(entry.getName(), "has another length than the archive says");
        }
        if (checksum.getValue() != entry.getCrc()) {
            throw ArchiveProblem.invalidMember(entry.getName(), "has a wrong checksum");
        }
    }
}
