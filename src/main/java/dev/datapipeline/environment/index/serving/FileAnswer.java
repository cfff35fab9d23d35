package dev.datapipeline.environment.index.serving;

import dev.datapipeline.environment.wheel.file.StoredWheel;
import dev.datapipeline.outbound.OutboundCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** Sends a wheel piece by piece, no faster than pip takes it. Files are read on their own threads, everything else is on the event loop. */
final class FileAnswer {
    private static final Logger LOG = Logger.getLogger(FileAnswer.class);
    private static final int PIECE = 64 * 1024;

    private final OutboundCall call;
    private final StoredWheel wheel;
    private final Executor blocking;
    private final FileChannel file;
    private boolean isReading;
    private boolean isOver;

    /** Takes over the wheel. Opens a file, so it blocks shortly. */
    FileAnswer(OutboundCall call, StoredWheel wheel, Executor blocking) throws IOException {
        this.call = call;
        this.wheel = wheel;
        this.blocking = blocking;
        try {
            this.file = FileChannel.open(wheel.path(), StandardOpenOption.READ);
        } catch (IOException failure) {
            wheel.close();
            throw failure;
        }
    }

    void begin(Map<String, String> headers) {
        call.loop().execute(() -> {
            call.onGone(this::close);
            call.onWritable(this::proceed);
            call.begin(200, headers);
            if (call.request().method().equals("HEAD")) {
                call.end();
                close();
            } else {
                proceed();
            }
        });
    }

    private void proceed() {
        if (isReading || isOver || !call.isWritable()) {
            return;
        }
        isReading = true;
        blocking.execute(() -> {
            byte[] piece = read();
            call.loop().execute(() -> pass(piece));
        });
    }

    /** @return empty at the end, and where it cannot be read, which breaks the answer off */
    private byte[] read() {
        try {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            int count = Math.max(0, file.read(piece));
            return Arrays.copyOf(piece.array(), count);
        } catch (IOException failure) {
            LOG.error("A wheel could not be read to its end", failure);
            call.loop().execute(call::cut);
            return new byte[0];
        }
    }

    private void pass(byte[] piece) {
        isReading = false;
        if (isOver) {
            closeFile();
        } else if (piece.length == 0) {
            call.end();
            close();
        } else {
            call.write(piece);
            proceed();
        }
    }

    /** Not while a thread reads from it. */
    private void close() {
        isOver = true;
        if (!isReading) {
            closeFile();
        }
    }

    private void closeFile() {
        wheel.close();
        try {
            file.close();
        } catch (IOException failure) {
            LOG.debug("A wheel could not be closed", failure);
        }
    }
}
