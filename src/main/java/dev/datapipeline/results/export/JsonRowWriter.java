package dev.datapipeline.results.export;

import java.io.IOException;
import java.io.OutputStream;

/** Writes what precedes, separates and follows the rows of a streamed document. */
public final class JsonRowWriter {
    private final OutputStream target;
    private final boolean isArray;
    private boolean isFirst = true;

    private JsonRowWriter(OutputStream target, boolean isArray) {
        this.target = target;
        this.isArray = isArray;
    }

    /** A JSON array; {@link #end} closes it. */
    public static JsonRowWriter array(OutputStream target) throws IOException {
        target.write('[');
        return new JsonRowWriter(target, true);
    }

    /** One row a line. */
    public static JsonRowWriter lines(OutputStream target) {
        return new JsonRowWriter(target, false);
    }

    /** Writes the separator and returns the target for the next row. */
    OutputStream next() throws IOException {
        if (!isFirst) {
            target.write(isArray ? ',' : '\n');
        }
        isFirst = false;
        return target;
    }

    public void end() throws IOException {
        if (isArray) {
            target.write(']');
        }
        if (!isArray && !isFirst) {
            target.write('\n');
        }
    }
}
