package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.json.JsonValidator;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.OriginalRecords;
import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.frame.FrameType;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Validates the result records of one batch as their bytes arrive. A script may have forged them, so each value and each detail must be
 * JSON by the rules of an upload.
 *
 * <p>A value may be told as a change of the record or of earlier values ({@link ChangeValidator}). The bounds of values hold for what comes of
 * it, so that nothing small makes something larger than could have been sent.
 *
 * <p>Lengths are checked before anything is copied or allocated: a record must lie within its frame, and its parts within the record.
 */
final class ResultStreamValidator {
    private static final int FIXED_PART = 10;

    private static final int TABLE_ROW = 9;

    /** In the length of a part: it is a change and not the value itself. */
    private static final int CHANGE = 0x8000_0000;

    /** Bytes of all values of a record together. */
    private static final long MAX_VALUES = 62L * 1024 * 1024;

    /** The shortest object and the shortest JSON string. */
    private static final int MIN_JSON = 2;

    /** Called for each failed record after its bytes; the error is a view of them, not a copy. */
    interface FailureListener {
        void failed(int position, ByteBuffer error);
    }

    private enum State {
        HEADER,
        VALUES,
        DETAIL
    }

    private final BatchInput input;
    private final int records;
    private final int stages;
    private final boolean keepsAllStages;
    private final int maxValue;
    private final FailureListener failures;
    private final JsonValidator json = new JsonValidator();
    private final ChangeValidator changes = new ChangeValidator(json);
    private final int[] partLengths;
    private final boolean[] isChange;
    private final int[] counts = new int[RecordStatus.values().length];

    private State state = State.HEADER;
    private int position;
    private RecordStatus status = RecordStatus.SUCCEEDED;
    private int values;
    private int value;
    private int partLeft;
    private int detailLength;
    private boolean hasChanges;
    /** Of the value before, and of all values of the record so far. */
    private long valueLength;

    private long valuesLength;
    private @Nullable OriginalRecords originals;

    ResultStreamValidator(
            BatchInput input, int stages, boolean keepsAllStages, int maxValue, FailureListener failures) {
        this.input = input;
        this.records = input.records();
        this.stages = stages;
        this.keepsAllStages = keepsAllStages;
        this.maxValue = maxValue;
        this.failures = failures;
        this.partLengths = new int[stages];
        this.isChange = new boolean[stages];
    }

    /** Validates the bytes between position and limit, and leaves the position where more are needed. */
    void validate(ByteBuffer bytes, int frameLeft) throws SandboxFailureException, IOException {
        int end = bytes.position() + frameLeft;
        boolean isProgressing = true;
        while (isProgressing && (bytes.position() < end || state == State.DETAIL)) {
            isProgressing = switch (state) {
                case HEADER -> header(bytes, end - bytes.position());
                case VALUES -> values(bytes);
                case DETAIL -> detail(bytes);
            };
        }
        if (bytes.limit() == end && (bytes.position() < end || state != State.HEADER)) {
            throw SandboxFailureException.violation("a record reaches beyond its frame");
        }
    }

    int finished() {
        return position;
    }

    int count(RecordStatus of) {
        return counts[of.ordinal()];
    }

    private boolean header(ByteBuffer bytes, int frameLeft) throws SandboxFailureException, IOException {
        if (bytes.remaining() < FIXED_PART) {
            return false;
        }
        int at = bytes.position();
        int number = bytes.get(at + 9) & 0xff;
        if (bytes.remaining() < FIXED_PART + number * TABLE_ROW) {
            return false;
        }
        long length = bytes.getInt(at) & 0xffff_ffffL;
        if (length > frameLeft - Integer.BYTES) {
            throw SandboxFailureException.violation("a record reaches beyond its frame");
        }
        checkPosition(bytes.getInt(at + 4));
        status = status(bytes.get(at + 8));
        checkNumber(number);
        long valueBytes = table(bytes, at + FIXED_PART, number);
        long rest = length - (FIXED_PART - Integer.BYTES) - (long) number * TABLE_ROW - valueBytes;
        checkDetailLength(rest);
        detailLength = (int) rest;
        values = number;
        bytes.position(at + FIXED_PART + number * TABLE_ROW);
        valuesLength = 0;
        if (hasChanges) {
            changes.beginRecord(originals(), position);
        }
        return beginValue(0);
    }

    private OriginalRecords originals() {
        OriginalRecords known = originals;
        if (known == null) {
            known = input.originals();
            originals = known;
        }
        return known;
    }

    /** Begins with a value or, if it reads as the one before, with the next one. */
    private boolean beginValue(int next) throws SandboxFailureException {
        value = next;
        while (value < values && partLengths[value] == 0) {
            addValue(value == 0 ? changes.recordLength() : valueLength);
            value++;
        }
        if (value == values) {
            return enter(State.DETAIL);
        }
        partLeft = partLengths[value];
        if (isChange[value]) {
            changes.beginChange(partLeft);
        } else if (hasChanges) {
            changes.beginWhole();
        } else {
            json.beginObject();
        }
        return enter(State.VALUES);
    }

    private void addValue(long length) throws SandboxFailureException {
        valueLength = length;
        valuesLength += length;
        if (length > maxValue || valuesLength > MAX_VALUES) {
            throw SandboxFailureException.violation(
                    "a value of " + length + " bytes, and " + valuesLength + " bytes of values");
        }
    }

    private void checkPosition(int found) throws SandboxFailureException {
        if (found != position || position == records) {
            throw SandboxFailureException.violation("a result for record " + Integer.toUnsignedString(found) + " where "
                    + (position == records ? "no more" : "record " + position) + " was due");
        }
    }

    private static RecordStatus status(byte code) throws SandboxFailureException {
        for (RecordStatus status : RecordStatus.values()) {
            if (status.code() == code) {
                return status;
            }
        }
        throw SandboxFailureException.violation("there is no record status " + (code & 0xff));
    }

    private void checkNumber(int number) throws SandboxFailureException {
        int most = keepsAllStages ? stages : 1;
        boolean isComplete = number == most;
        if (number > most || (status == RecordStatus.SUCCEEDED && !isComplete)) {
            throw SandboxFailureException.violation("a " + status + " record with " + number + " values");
        }
    }

    /** Reads the table of values and returns the sum of their lengths. */
    private long table(ByteBuffer bytes, int from, int number) throws SandboxFailureException {
        long sum = 0;
        int before = -1;
        hasChanges = false;
        for (int row = 0; row < number; row++) {
            int at = from + row * TABLE_ROW;
            int ordinal = bytes.get(at) & 0xff;
            isChange[row] = bytes.getInt(at + 5) < 0;
            hasChanges |= isChange[row];
            int length = bytes.getInt(at + 5) & ~CHANGE;
            if (ordinal <= before || ordinal >= stages) {
                throw SandboxFailureException.violation("a value of stage " + ordinal + " after stage " + before);
            }
            if (!isChange[row] && length < MIN_JSON || length > maxValue) {
                throw SandboxFailureException.violation("a value of " + length + " bytes");
            }
            before = ordinal;
            partLengths[row] = length;
            sum += length;
        }
        if (status == RecordStatus.SUCCEEDED && before != stages - 1) {
            throw SandboxFailureException.violation("a SUCCEEDED record without its last value");
        }
        return sum;
    }

    private void checkDetailLength(long length) throws SandboxFailureException {
        boolean fits =
                status == RecordStatus.SUCCEEDED ? length == 0 : length >= MIN_JSON && length <= FrameType.DOCUMENT;
        if (!fits) {
            throw SandboxFailureException.violation("a " + status + " record with " + length + " bytes of detail");
        }
    }

    private boolean values(ByteBuffer bytes) throws SandboxFailureException {
        if (isChange[value]) {
            if (!changes.take(bytes)) {
                return false;
            }
            addValue(changes.valueLength());
            return beginValue(value + 1);
        }
        int part = Math.min(bytes.remaining(), partLeft);
        int at = bytes.position();
        partLeft -= part;
        if (part > 0 && !json.take(bytes, at, at + part) || partLeft == 0 && !json.isWhole()) {
            throw SandboxFailureException.violation("a value that is no JSON object in one line");
        }
        bytes.position(at + part);
        if (partLeft > 0) {
            return false;
        }
        addValue(partLengths[value]);
        return beginValue(value + 1);
    }

    private boolean detail(ByteBuffer bytes) throws SandboxFailureException {
        if (bytes.remaining() < detailLength) {
            return false;
        }
        if (detailLength > 0) {
            ByteBuffer detail = bytes.slice(bytes.position(), detailLength);
            bytes.position(bytes.position() + detailLength);
            takeDetail(detail);
        }
        counts[status.ordinal()]++;
        position++;
        return enter(State.HEADER);
    }

    private void takeDetail(ByteBuffer detail) throws SandboxFailureException {
        if (status == RecordStatus.FAILED) {
            json.beginObject();
        } else {
            json.beginText();
        }
        if (!json.take(detail, 0, detail.limit()) || !json.isWhole()) {
            throw SandboxFailureException.violation("a detail that is no JSON in one line");
        }
        if (status == RecordStatus.FAILED) {
            EngineDocuments.error(detail.duplicate());
            failures.failed(position, detail.asReadOnlyBuffer());
        } else {
            EngineDocuments.reason(detail.duplicate());
        }
    }

    private boolean enter(State next) {
        state = next;
        return true;
    }
}
