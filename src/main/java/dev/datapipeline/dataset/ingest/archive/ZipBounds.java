package dev.datapipeline.dataset.ingest.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Bounds the list of members of an archive before a library keeps all of it in memory. */
final class ZipBounds {
    static final int MOST_MEMBERS = 10_000;

    private static final int MOST_LIST_BYTES = 8 * 1024 * 1024;
    /** The end record and the longest comment after it. */
    private static final int TAIL_BYTES = 22 + 0xFFFF;

    private static final int END_RECORD_BYTES = 22;
    private static final int END_RECORD = 0x06054B50;
    private static final int END_RECORD_64 = 0x06064B50;
    private static final int MEMBERS_AT = 10;
    private static final int LIST_BYTES_AT = 12;
    private static final int MEMBERS_AT_64 = 32;
    private static final int LIST_BYTES_AT_64 = 40;
    private static final int END_RECORD_64_BYTES = 56;
    private static final int IN_RECORD_64 = 0xFFFF;

    private ZipBounds() {}

    /** Every place is checked that may be taken for the end record, as readers differ in how they find it. */
    static void check(FileChannel archive) throws IOException {
        ByteBuffer tail = tail(archive);
        boolean hasEnd = false;
        for (int at = 0; at + Integer.BYTES <= tail.limit(); at++) {
            int signature = tail.getInt(at);
            if (signature == END_RECORD && at + END_RECORD_BYTES <= tail.limit()) {
                hasEnd = true;
                checkEnd(tail, at);
            }
            if (signature == END_RECORD_64 && at + END_RECORD_64_BYTES <= tail.limit()) {
                checkList(tail.getLong(at + MEMBERS_AT_64), tail.getLong(at + LIST_BYTES_AT_64));
            }
        }
        if (!hasEnd) {
            throw ArchiveProblem.invalid("its end is missing");
        }
    }

    private static void checkEnd(ByteBuffer tail, int at) {
        int members = tail.getShort(at + MEMBERS_AT) & 0xFFFF;
        if (members != IN_RECORD_64) {
            checkList(members, tail.getInt(at + LIST_BYTES_AT) & 0xFFFFFFFFL);
        }
    }

    private static void checkList(long members, long bytes) {
        if (members < 0 || members > MOST_MEMBERS) {
            throw ArchiveProblem.invalid("it has more than %,d members".formatted(MOST_MEMBERS));
        }
        if (bytes < 0 || bytes > MOST_LIST_BYTES) {
            throw ArchiveProblem.invalid("the list of its members is too long");
        }
    }

    private static ByteBuffer tail(FileChannel archive) throws IOException {
        long start = Math.max(0, archive.size() - TAIL_BYTES - END_RECORD_64_BYTES - 20);
        ByteBuffer tail = ByteBuffer.allocate((int) (archive.size() - start)).order(ByteOrder.LITTLE_ENDIAN);
        while (tail.hasRemaining() && archive.read(tail, start + tail.position()) > 0) {
            continue;
        }
        return tail.flip();
    }
}
