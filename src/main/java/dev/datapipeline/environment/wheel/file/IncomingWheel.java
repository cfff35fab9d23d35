package dev.datapipeline.environment.wheel.file;

import dev.datapipeline.digest.Sha256;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A file that arrives: counted and hashed on the way, under a temporary name. Closing removes it unless it was taken over. */
public final class IncomingWheel implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.newDigest();
    private final String what;
    private final long limit;
    private final @Nullable UploadRoom room;
    private long size;
    private long taken;

    /**
     * @param what is arriving, for messages
     * @param limit of bytes
     * @param room that it needs while it is open; null for one that needs none
     */
    IncomingWheel(Path file, String what, long limit, @Nullable UploadRoom room) throws IOException {
        this.file = file;
        this.what = what;
        this.limit = limit;
        this.room = room;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** @throws WheelRefusedException when there is more than was announced or than is allowed */
    public void write(byte[] bytes, int from, int length) throws IOException, WheelRefusedException {
        if (length > limit - size) {
            throw new WheelRefusedException(
                    WheelRefusedException.Reason.WHEEL_REFUSED, what + " is larger than " + limit + " bytes.");
        }
        if (room != null) {
            if (!room.take(length)) {
                throw new WheelRefusedException(
                        WheelRefusedException.Reason.WHEEL_REFUSED,
                        "There is no room for all of " + what + " beside the other uploads"
                                + " (datapipeline.environment.wheels.upload-limit). Delete some first.");
            }
            taken += length;
        }
        digest.update(bytes, from, length);
        ByteBuffer piece = ByteBuffer.wrap(bytes, from, length);
        while (piece.hasRemaining()) {
            channel.write(piece);
        }
        size += length;
    }

    public long size() {
        return size;
    }

    /** Makes its bytes durable; nothing can be written any more. Called once. */
    public String finish() throws IOException {
        channel.force(true);
        channel.close();
        return HexFormat.of().formatHex(digest.digest());
    }

    public Path file() {
        return file;
    }

    /** It needs its room no longer: it is kept, or others take its place. */
    public void giveRoomBack() {
        if (room != null) {
            room.giveBack(taken);
            taken = 0;
        }
    }

    @Override
    public void close() throws IOException {
        giveRoomBack();
        channel.close();
        Files.deleteIfExists(file);
    }
}
