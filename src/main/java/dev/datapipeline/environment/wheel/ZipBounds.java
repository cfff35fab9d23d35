package dev.datapipeline.environment.wheel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Looks at the end of a zip file before a library reads its whole directory into memory. */
public final class ZipBounds {
    public static final int MAX_MEMBERS = 50_000;

    private static final int MAX_DIRECTORY = 16 * 1024 * 1024;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int AT_MEMBERS = 10;
    private static final int AT_DIRECTORY = 12;
    private static final int AT_COMMENT_LENGTH = 20;

    private ZipBounds() {}

    /** @throws WheelRefusedException when it is no zip file, or its directory is too large */
    public static void check(Path file, String what) throws IOException, WheelRefusedException {
        ByteBuffer tail = tail(file);
        int end = tail.limit() - END_LENGTH;
        while (end >= 0 && tail.getInt(end) != END_SIGNATURE) {
            end--;
        }
        if (end < 0) {
            throw refused(what + " is not a zip file, as every wheel is.");
        }
        int comment = tail.getShort(end + AT_COMMENT_LENGTH) & 0xffff;
        if (end + END_LENGTH + comment != tail.limit()) {
            // A library would look for an earlier end, which says something else.
            throw refused(what + " has an end that can be read in two ways.");
        }
        int members = tail.getShort(end + AT_MEMBERS) & 0xffff;
        long directory = tail.getInt(end + AT_DIRECTORY) & 0xffffffffL;
        if (members > MAX_MEMBERS || directory > MAX_DIRECTORY) {
            throw refused(what + " has more than " + MAX_MEMBERS + " files.");
        }
    }

    private static ByteBuffer tail(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int length = (int) Math.min(channel.size(), END_LENGTH + LONGEST_COMMENT);
            ByteBuffer tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            long position = channel.size() - length;
            while (tail.hasRemaining() && channel.read(tail, position + tail.position()) >= 0) {
                // Until the end of the file has been read.
            }
            return tail.flip();
        }
    }

    private static WheelRefusedException refused(String message) {
        return new WheelRefusedException(WheelRefusedException.Reason.WHEEL_REFUSED, message);
    }
}
