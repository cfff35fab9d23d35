package dev.datapipeline.dataset.ingest.json;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FormatClaim;
import dev.datapipeline.dataset.ingest.format.ReadAs;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.dataset.ingest.input.RecordReader;
import dev.datapipeline.dataset.ingest.input.UploadBuffer;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON in any common layout: one list of objects, a single object, one object per line, objects over several lines or directly one
 * after another, JSON text sequences (RFC 8142), and files of these kinds put together.
 *
 * <p>The first two values decide whether each object ends with its line. If so, a second object on a line is rejected, since a line break
 * is missing.
 */
public final class JsonAutodetectReader implements RecordReader {
    /** Precedes each value of a JSON text sequence. */
    public static final int RECORD_SEPARATOR = 0x1E;

    private final UploadBuffer buffer;
    private final JsonScanner scanner;
    private final JsonRecords records;
    private final UploadHints hints;
    private DocumentShape first = DocumentShape.PLAIN;
    private boolean isInList;
    private boolean isFirstOfList;
    private long objects;
    private long lists;
    private boolean hasRecordSeparators;
    private boolean hasInnerMarks;
    private boolean shareLines;

    public JsonAutodetectReader(UploadBuffer buffer, JsonScanner scanner, UploadHints hints) {
        this.buffer = buffer;
        this.scanner = scanner;
        this.records = new JsonRecords(buffer, scanner);
        this.hints = hints;
    }

    @Override
    public @Nullable ByteBuffer next() {
        while (true) {
            if (isInList) {
                if (hasNextInList()) {
                    return records.object();
                }
                isInList = false;
            }
            int next = nextValue();
            if (next == UploadBuffer.END) {
                return null;
            }
            if (next != '[') {
                return object(next == '{');
            }
            lists++;
            isInList = true;
            isFirstOfList = true;
        }
    }

    private boolean hasNextInList() {
        if (!isFirstOfList) {
            return scanner.hasNext(']');
        }
        isFirstOfList = false;
        return scanner.hasFirst(1, ']');
    }

    /** Moves to the next value outside of lists and returns its first byte. */
    private int nextValue() {
        boolean isApart = objects + lists == 0;
        boolean hadMark = false;
        while (true) {
            int next = buffer.token();
            if (next == RECORD_SEPARATOR) {
                buffer.advance();
                hasRecordSeparators = true;
                isApart = true;
            } else if (next == UploadBuffer.FIRST_OF_MARK && mayHoldMark(hadMark) && buffer.skipByteOrderMark()) {
                hadMark = true;
                isApart = true;
            } else {
                hasInnerMarks |= hadMark && next != UploadBuffer.END;
                if (next != UploadBuffer.END) {
                    rejectWhatFollows(next, isApart || buffer.brokeLine());
                }
                return next;
            }
        }
    }

    /** One mark may precede a value; that of the very first value was skipped before. */
    private boolean mayHoldMark(boolean hadMark) {
        return !hadMark && (objects + lists > 0 || hasRecordSeparators);
    }

    private void rejectWhatFollows(int next, boolean isApart) {
        if (objects + lists == 0) {
            return;
        }
        if (next == ',' || next == ']' || next == '}' || (lists > 0 && next != '{' && next != '[')) {
            throw following("Put the objects into one list with [ and ], or one on each line without commas.");
        }
        if (isApart) {
            return;
        }
        if (lists > 0 || next == '[') {
            throw following("Put all records into one list.");
        }
        if (objects > 1 && !shareLines) {
            throw buffer.problem(
                    ProblemType.INVALID_JSON,
                    "Unexpected content follows the object on its line. Put one object on each line.");
        }
        shareLines = true;
    }

    private ProblemException following(String advice) {
        return buffer.problem(ProblemType.INVALID_JSON, "Unexpected content follows the end of the data. " + advice);
    }

    private ByteBuffer object(boolean isBraced) {
        objects++;
        try {
            ByteBuffer record = records.object();
            if (objects == 1) {
                first = DocumentShape.of(record);
            }
            return record;
        } catch (ProblemException rejected) {
            throw isBraced ? explained(rejected) : unbraced(rejected);
        }
    }

    private ProblemException explained(ProblemException rejected) {
        boolean isFirst = objects + lists == 1;
        if (isFirst && rejected.type() == ProblemType.RECORD_TOO_LARGE) {
            return DocumentAdvice.tooLarge(
                    rejected, DocumentShape.of(buffer.held()).lists());
        }
        boolean hasLines = !isFirst || hints.claim(DatasetFormat.NDJSON);
        if (hasLines && rejected.type() == ProblemType.INVALID_JSON && buffer.brokeLine()) {
            return new ProblemException(
                    ProblemType.INVALID_JSON,
                    "The object does not end on its line, and the next line does not continue it. " + rejected.detail(),
                    buffer.lineBreak());
        }
        return rejected;
    }

    /** Neither object nor list: perhaps a table that was not announced as one. */
    private ProblemException unbraced(ProblemException rejected) {
        if (objects + lists > 1 || rejected.type() != ProblemType.INVALID_JSON) {
            return rejected;
        }
        return new ProblemException(
                ProblemType.INVALID_JSON,
                rejected.detail() + " If this is a table, call it text/csv, or give it a name that ends with .csv.",
                rejected.position());
    }

    @Override
    public ReadAs readAs() {
        boolean isSingle = objects + lists == 1;
        boolean isLineOfItsOwn = isSingle && lists == 0 && isClaimedFirst(DatasetFormat.NDJSON);
        DatasetFormat format = isSingle && !isLineOfItsOwn ? DatasetFormat.JSON : DatasetFormat.NDJSON;
        boolean isDocument = isSingle && objects == 1;
        List<String> notes = new ArrayList<>(hints.disagreement(format, words(format)));
        notes.addAll(oddities());
        if (isDocument) {
            notes.addAll(DocumentAdvice.of(first));
        }
        return new ReadAs(format, null, null, isDocument ? first.lists() : List.of(), null, notes);
    }

    private boolean isClaimedFirst(DatasetFormat format) {
        FormatClaim claim = hints.first();
        return claim != null && claim.format() == format;
    }

    private String words(DatasetFormat format) {
        if (format == DatasetFormat.JSON) {
            return lists == 1 ? "one JSON list" : "a single JSON object";
        }
        return lists > 0 ? "several JSON lists" : format.words();
    }

    private List<String> oddities() {
        List<String> notes = new ArrayList<>();
        if (lists > 1 || (lists == 1 && objects > 0)) {
            notes.add("Several lists follow each other; the records of all of them were taken, in their order.");
        }
        if (hasRecordSeparators) {
            notes.add("The records are separated by the control character 0x1E (a JSON text sequence, RFC 8142).");
        }
        if (hasInnerMarks) {
            notes.add("Byte order marks inside the upload were left out; it looks like several files put together.");
        }
        if (shareLines) {
            notes.add("Objects follow each other without line breaks; each is a record.");
        }
        return notes;
    }
}
