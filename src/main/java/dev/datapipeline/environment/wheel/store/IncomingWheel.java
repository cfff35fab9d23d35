package dev.datapipeline.environment.wheel.store;

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

/** A file that arrives: counted and hashed on the way, under a temporary name. Closing removes it unless it was taken over. */
public final class IncomingWheel implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.newDigest();
    private final String what;
    private final long limit;
    private long size;

    /**
     * @param what is arriving, for messages
     * @param limit of bytes
     */
    IncomingWheel(Path file, String what, long limit) throws IOException {
        this.file = file;
        this.what = what;
        this.limit = limit;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** @throws WheelRefusedException when there is more than was announced or than is allowed */
    public void write(byte[] bytes, int from, int length) throws IOException, WheelRefusedException {
        if (length > limit - size) {
            throw new WheelRefusedException(
                    WheelRefusedException.Reason.WHEEL_REFUSED, what + " is larger than " + limit + " bytes.");
        }
        digest.update(bytes, from, length);
        ByteBuffer piece = ByteBuffer.wrap(bytes, from, length);
        while (piece.hasRemaining()) {
            channel.write(piece);
        }
        size += length;
    }

    long size() {
        return size;
    }

    /** Makes its bytes durable; nothing can be written any more. Called once. */
    String finish() throws IOException {
        channel.force(true);
        channel.close();
        return HexFormat.of().formatHex(digest.digest());
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
