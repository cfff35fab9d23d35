package dev.datapipeline.sandbox.engine;

import dev.datapipeline.sandbox.engine.protocol.EngineConnection;
import dev.datapipeline.sandbox.engine.protocol.EngineLimits;
import dev.datapipeline.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The engine's end of a connection in the hands of a test, which says what it likes. */
public final class EngineStub implements AutoCloseable {
    public static final EngineLimits LIMITS = new EngineLimits(Duration.ofSeconds(1), 1 << 20, 1 << 16, 3);

    private final SocketChannel engine;
    private final EngineConnection connection;

    public EngineStub() throws IOException {
        this(Ticker.system());
    }

    public EngineStub(Ticker ticker) throws IOException {
        Path folder = Files.createTempDirectory("engine");
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address);
            engine = SocketChannel.open(address);
            connection = new EngineConnection(listener.accept(), LIMITS, ticker);
        } finally {
            Files.deleteIfExists(address.getPath());
            Files.deleteIfExists(folder);
        }
    }

    /** The service's end. */
    public EngineConnection connection() {
        return connection;
    }

    public EngineStub says(char type, String payload) throws IOException {
        return says(type, bytes(payload));
    }

    public EngineStub says(char type, byte[] payload) throws IOException {
        return sends(frame(type, payload));
    }

    public EngineStub sendsHeader(char type, int length) throws IOException {
        return sends(header(type, length));
    }

    /** Blocks until the socket took everything. */
    public EngineStub sends(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            engine.write(rest);
        }
        return this;
    }

    /** The payload of the next frame of the service, which must be of that type. */
    public byte[] hears(char type) throws IOException {
        ByteBuffer header = read(5);
        int length = header.getInt();
        char heard = (char) header.get();
        if (heard != type) {
            throw new AssertionError("heard " + heard + " instead of " + type);
        }
        return read(length).array();
    }

    /** Whether the service hung up. */
    public boolean isCutOff() throws IOException {
        return engine.read(ByteBuffer.allocate(1)) < 0;
    }

    public void hangsUp() throws IOException {
        engine.close();
    }

    @Override
    public void close() throws IOException {
        engine.close();
        connection.close();
    }

    /** One result record; {@code values} of the stages from 0 on. */
    public static byte[] result(int position, int status, String detail, String... values) {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(body);
            out.writeInt(position);
            out.writeByte(status);
            out.writeByte(values.length);
            for (int ordinal = 0; ordinal < values.length; ordinal++) {
                out.writeByte(ordinal);
                out.writeInt(7);
                out.writeInt(bytes(values[ordinal]).length);
            }
            for (String value : values) {
                out.write(bytes(value));
            }
            out.write(bytes(detail));
            byte[] record = body.toByteArray();
            return ByteBuffer.allocate(4 + record.length)
                    .putInt(record.length)
                    .put(record)
                    .array();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static byte[] header(char type, int length) {
        return ByteBuffer.allocate(5).putInt(length).put((byte) type).array();
    }

    public static byte[] frame(char type, byte[] payload) {
        return join(header(type, payload.length), payload);
    }

    public static byte[] frame(char type, String payload) {
        return frame(type, bytes(payload));
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        Channels.newInputStream(engine).readNBytes(bytes.array(), 0, length);
        return bytes;
    }
}
