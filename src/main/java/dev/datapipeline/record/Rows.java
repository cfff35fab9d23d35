package dev.datapipeline.record;

import java.io.IOException;
import java.io.OutputStream;

/** What stands before, between and after the rows of a streamed document. */
public final class Rows {
    private final OutputStream target;
    private final boolean isArray;
    private boolean isFirst = true;

    private Rows(OutputStream target, boolean isArray) {
        this.target = target;
        this.isArray = isArray;
    }

    /** A JSON array; {@link #end} closes it. */
    public static Rows array(OutputStream target) throws IOException {
        target.write('[');
        return new Rows(target, true);
    }

    /** One row a line. */
    static Rows lines(OutputStream target) {
        return new Rows(target, false);
    }

    /** Where the next row is to be written, its separator already is. */
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
