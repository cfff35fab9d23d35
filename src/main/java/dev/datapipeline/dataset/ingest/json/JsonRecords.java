package dev.datapipeline.dataset.ingest.json;

import dev.datapipeline.dataset.ingest.input.UploadBuffer;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.nio.ByteBuffer;

/** What the readers of JSON share: one object made a record, and the end of the upload. */
final class JsonRecords {
    private final UploadBuffer cursor;
    private final JsonScanner scanner;

    JsonRecords(UploadBuffer cursor, JsonScanner scanner) {
        this.cursor = cursor;
        this.scanner = scanner;
    }

    /** Reads the object that comes next, as one line. Anything else is refused: as JSON if it is none, else as no record. */
    ByteBuffer object() {
        boolean isObject = cursor.token() == '{';
        Position start = cursor.here();
        cursor.beginRecord();
        if (!isObject) {
            scanner.value(1);
            throw notARecord(start);
        }
        scanner.record();
        return cursor.endJsonRecord();
    }

    private static ProblemException notARecord(Position position) {
        return new ProblemException(
                ProblemType.NOT_A_RECORD_LIST,
                "Every record is a JSON object: send a list of objects, or one object per line.",
                position);
    }

    /** Makes sure that nothing but space follows. */
    void end(String advice) {
        if (cursor.token() != UploadBuffer.END) {
            throw cursor.problem(ProblemType.INVALID_JSON, "Something follows the end of the data. " + advice);
        }
    }
}
