package dev.datapipeline.dataset.ingest.json;

import dev.datapipeline.dataset.ingest.input.UploadBuffer;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.nio.ByteBuffer;

/** Shared by the readers of JSON: reads one object as a record, and checks the end of the upload. */
final class JsonRecords {
    private final UploadBuffer buffer;
    private final JsonScanner scanner;

    JsonRecords(UploadBuffer buffer, JsonScanner scanner) {
        this.buffer = buffer;
        this.scanner = scanner;
    }

    /** Reads the next object as one line. Rejects anything else: as broken JSON, or as a value that is no record. */
    ByteBuffer object() {
        boolean isObject = buffer.token() == '{';
        Position start = buffer.here();
        buffer.beginRecord();
        if (!isObject) {
            scanner.value(1);
            throw notARecord(start);
        }
        scanner.record();
        return buffer.endJsonRecord();
    }

    private static ProblemException notARecord(Position position) {
        return new ProblemException(
                ProblemType.NOT_A_RECORD_LIST,
                "Every record is a JSON object: send a list of objects, or one object per line.",
                position);
    }

    /** Makes sure that nothing but space follows. */
    void end(String advice) {
        if (buffer.token() != UploadBuffer.END) {
            throw buffer.problem(ProblemType.INVALID_JSON, "Unexpected content follows the end of the data. " + advice);
        }
    }
}
