package dev.datapipeline.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One result record with parts as the test puts them, see docs/engine-protocol.md, "Changes". */
public final class ChangeBytes {
    private static final int FLAG = 0x8000_0000;

    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private final List<Integer> lengths = new ArrayList<>();
    private final int position;

    private ChangeBytes(int position) {
        this.position = position;
    }

    public static ChangeBytes record(int position) {
        return new ChangeBytes(position);
    }

    /** Text before a copy, and the copy. */
    public record Piece(String text, int begin, int length) {
        public static Piece ofRecord(String text, int begin, int length) {
            return new Piece(text, begin, length);
        }

        public static Piece ofParts(String text, int begin, int length) {
            return new Piece(text, begin | FLAG, length);
        }
    }

    /** Bytes of all parts so far. */
    public int size() {
        return parts.size();
    }

    public ChangeBytes whole(String value) {
        lengths.add(value.getBytes(UTF_8).length);
        parts.writeBytes(value.getBytes(UTF_8));
        return this;
    }

    /** The value reads as the one before. */
    public ChangeBytes same() {
        lengths.add(FLAG);
        return this;
    }

    public ChangeBytes change(String rest, Piece... pieces) {
        ByteBuffer table = ByteBuffer.allocate(2 + 12 * pieces.length).putShort((short) pieces.length);
        StringBuilder texts = new StringBuilder();
        for (Piece piece : pieces) {
            table.putInt(piece.text().getBytes(UTF_8).length)
                    .putInt(piece.begin())
                    .putInt(piece.length());
            texts.append(piece.text());
        }
        return change(table.array(), texts.append(rest).toString());
    }

    public ChangeBytes change(byte[] table, String texts) {
        lengths.add((table.length + texts.getBytes(UTF_8).length) | FLAG);
        parts.writeBytes(table);
        parts.writeBytes(texts.getBytes(UTF_8));
        return this;
    }

    public byte[] succeeded() {
        int length = 6 + 9 * lengths.size() + parts.size();
        ByteBuffer record = ByteBuffer.allocate(4 + length)
                .putInt(length)
                .putInt(position)
                .put((byte) 1)
                .put((byte) lengths.size());
        for (int ordinal = 0; ordinal < lengths.size(); ordinal++) {
            record.put((byte) ordinal).putInt(7).putInt(lengths.get(ordinal));
        }
        return record.put(parts.toByteArray()).array();
    }
}
