package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.json.JsonMembers;
import dev.datapipeline.json.JsonValidator;
import dev.datapipeline.sandbox.engine.OriginalRecords;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Validates values of one record that are told as changes (docs/engine-protocol.md, "Changes"), without joining them: the texts as JSON,
 * and copies by the places of the members of the record and of earlier parts, whose bytes were validated before. So every value is an object
 * by the rules of an upload, and costs what is new in it.
 */
final class ChangeValidator {
    static final int MAX_COPIES = 1000;

    /** In the beginning of a copy: it counts from the first part and not from the record. */
    private static final int FROM_PARTS = 0x8000_0000;

    private static final int COUNT_BYTES = 2;
    private static final int ROW_BYTES = 12;

    private final JsonValidator json;
    private final JsonMembers record = new JsonMembers();
    private final JsonMembers parts = new JsonMembers();
    private final RecordBytes recordBytes = new RecordBytes();
    private final int[] texts = new int[MAX_COPIES + 1];
    private final int[] begins = new int[MAX_COPIES];
    private final int[] lengths = new int[MAX_COPIES];

    private boolean isRecordValid;
    private long recordLength;
    private int size;
    private boolean hasTable;
    private int copies;
    private int copy;
    private int textLeft;
    private long valueLength;

    /** @param json takes no other value while this validates a part */
    ChangeValidator(JsonValidator json) {
        this.json = json;
    }

    /** Begins with a new record. It may hold what no value may, and then nothing can be copied from it. */
    void beginRecord(OriginalRecords originals, int position) throws IOException {
        record.clear();
        parts.clear();
        json.beginObject(record);
        recordBytes.begin();
        originals.moveTo(position);
        originals.writeTo(recordBytes);
        recordLength = recordBytes.length;
        isRecordValid = recordBytes.areValid && json.isWhole();
        if (!isRecordValid) {
            record.clear();
        }
    }

    /** Bytes of the record, which reads as a value. */
    long recordLength() throws SandboxFailureException {
        if (!isRecordValid) {
            throw SandboxFailureException.violation("a value like a record that no value may be like");
        }
        return recordLength;
    }

    /** Begins with a part that is the value itself; whoever calls validates it. */
    void beginWhole() {
        json.beginObject(parts);
    }

    void beginChange(int bytes) {
        size = bytes;
        hasTable = false;
    }

    /** Takes what has come of a change; returns false when more is needed. */
    boolean take(ByteBuffer bytes) throws SandboxFailureException {
        if (!hasTable && !takeTable(bytes)) {
            return false;
        }
        while (true) {
            int part = Math.min(bytes.remaining(), textLeft);
            int at = bytes.position();
            if (part > 0 && !json.take(bytes, at, at + part)) {
                throw notJson();
            }
            bytes.position(at + part);
            textLeft -= part;
            if (textLeft > 0) {
                return false;
            }
            if (copy == copies) {
                break;
            }
            takeCopy(begins[copy], lengths[copy]);
            copy++;
            textLeft = texts[copy];
        }
        if (!json.isWhole()) {
            throw notJson();
        }
        return true;
    }

    /** Bytes of the value that was validated last. */
    long valueLength() {
        return valueLength;
    }

    private boolean takeTable(ByteBuffer bytes) throws SandboxFailureException {
        if (bytes.remaining() < COUNT_BYTES) {
            return false;
        }
        int at = bytes.position();
        copies = bytes.getShort(at) & 0xffff;
        int table = COUNT_BYTES + copies * ROW_BYTES;
        if (copies > MAX_COPIES || table > size) {
            throw SandboxFailureException.violation("a change of " + copies + " copies in " + size + " bytes");
        }
        if (bytes.remaining() < table) {
            return false;
        }
        long rest = size - table;
        valueLength = rest;
        for (int row = 0; row < copies; row++) {
            int from = at + COUNT_BYTES + row * ROW_BYTES;
            texts[row] = bytes.getInt(from);
            begins[row] = bytes.getInt(from + 4);
            lengths[row] = bytes.getInt(from + 8);
            if (texts[row] < 0 || texts[row] > rest || lengths[row] <= 0) {
                throw SandboxFailureException.violation("a change with lengths that cannot be");
            }
            rest -= texts[row];
            valueLength += lengths[row];
        }
        texts[copies] = (int) rest;
        bytes.position(at + table);
        parts.skip(table);
        json.beginObject(parts);
        hasTable = true;
        copy = 0;
        textLeft = texts[0];
        return true;
    }

    private void takeCopy(int begin, int length) throws SandboxFailureException {
        boolean isOfParts = (begin & FROM_PARTS) != 0;
        JsonMembers source = isOfParts ? parts : record;
        int from = begin & ~FROM_PARTS;
        long to = (long) from + length;
        int first = source.beginningAt(from);
        int last = first < 0 ? first : source.lastBefore(first, to);
        boolean isTaken = last >= 0
                ? json.takeMembers(source, first, last)
                : !isOfParts && source.isText(from, to) && json.takeText();
        if (!isTaken) {
            throw SandboxFailureException.violation(
                    "a copy of " + length + " bytes from " + from + " where no members stand, or none may");
        }
    }

    private static SandboxFailureException notJson() {
        return SandboxFailureException.violation("a change that makes no JSON object in one line");
    }

    /** Hands the record to the validator, piece by piece. */
    private final class RecordBytes extends OutputStream {
        private boolean areValid;
        private long length;

        void begin() {
            areValid = true;
            length = 0;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            length += count;
            areValid = areValid && json.take(ByteBuffer.wrap(bytes), offset, offset + count);
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }
    }
}
