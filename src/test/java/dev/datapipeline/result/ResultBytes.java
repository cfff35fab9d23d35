package dev.datapipeline.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.storage.MemoryBlob;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** Result records as an engine writes them, see docs/engine-protocol.md; every stage value took its ordinal + 1 milliseconds. */
public final class ResultBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int position;

    /** @param values of the stages from the first on */
    public ResultBytes succeeded(String... values) {
        return add(RecordStatus.SUCCEEDED, "", 0, values);
    }

    /** A record of a run that keeps only the value of the last stage. */
    public ResultBytes succeededWithLast(int ordinal, String value) {
        return add(RecordStatus.SUCCEEDED, "", ordinal, value);
    }

    public ResultBytes failed(String type, String message, String... values) {
        String error = "{\"step\":\"clean\",\"stage\":\"main\",\"type\":\"" + type + "\",\"message\":\"" + message
                + "\",\"traceback\":null,\"script\":\"main.py\",\"line\":3}";
        return add(RecordStatus.FAILED, error, 0, values);
    }

    /** @param reason a JSON string */
    public ResultBytes skipped(String reason, String... values) {
        return add(RecordStatus.SKIPPED, reason, 0, values);
    }

    private ResultBytes add(RecordStatus status, String detail, int firstOrdinal, String... values) {
        List<byte[]> encoded =
                Stream.of(values).map(value -> value.getBytes(UTF_8)).toList();
        byte[] end = detail.getBytes(UTF_8);
        int length = 6
                + 9 * values.length
                + encoded.stream().mapToInt(value -> value.length).sum()
                + end.length;
        ByteBuffer record = ByteBuffer.allocate(4 + length)
                .putInt(length)
                .putInt(position++)
                .put((byte) status.code())
                .put((byte) values.length);
        for (int i = 0; i < values.length; i++) {
            record.put((byte) (firstOrdinal + i))
                    .putInt(1000 * (firstOrdinal + i + 1))
                    .putInt(encoded.get(i).length);
        }
        encoded.forEach(record::put);
        bytes.writeBytes(record.put(end).array());
        return this;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    public ResultReader cursor() {
        byte[] all = bytes();
        return new ResultReader(new MemoryBlob(all), 0, all.length);
    }
}
