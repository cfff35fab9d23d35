package dev.datapipeline.llm.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.llm.call.StoredAnswer;
import java.nio.ByteBuffer;

/** Answers as bytes: key, status, content type and request id with their lengths, body. */
final class AnswerCodec {
    private static final int LONGEST_TEXT = 1_000;
    private static final short NONE = -1;

    private AnswerCodec() {}

    static byte[] write(AnswerKey key, StoredAnswer answer) {
        byte[] contentType = bytes(answer.contentType());
        String id = answer.requestId();
        byte[] requestId = id == null ? new byte[0] : bytes(id);
        ByteBuffer bytes = ByteBuffer.allocate(AnswerKey.BYTES
                + Integer.BYTES
                + 2 * Short.BYTES
                + contentType.length
                + requestId.length
                + answer.body().length);
        bytes.put(key.digest().duplicate()).putInt(answer.status());
        bytes.putShort((short) contentType.length).put(contentType);
        bytes.putShort(id == null ? NONE : (short) requestId.length).put(requestId);
        bytes.put(answer.body());
        return bytes.array();
    }

    private static byte[] bytes(String text) {
        return (text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT)).getBytes(UTF_8);
    }

    static AnswerKey key(ByteBuffer entry) {
        byte[] digest = new byte[AnswerKey.BYTES];
        entry.get(digest);
        return new AnswerKey(ByteBuffer.wrap(digest).asReadOnlyBuffer());
    }

    /** Reads what follows the key. */
    static StoredAnswer answer(ByteBuffer entry) {
        int status = entry.getInt();
        String contentType = text(entry, entry.getShort());
        short idLength = entry.getShort();
        String requestId = idLength == NONE ? null : text(entry, idLength);
        byte[] body = new byte[entry.remaining()];
        entry.get(body);
        return new StoredAnswer(status, contentType, requestId, body);
    }

    private static String text(ByteBuffer entry, int length) {
        byte[] encoded = new byte[length];
        entry.get(encoded);
        return new String(encoded, UTF_8);
    }
}
