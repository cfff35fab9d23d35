package dev.datapipeline.dataset.ingest.input;

import dev.datapipeline.dataset.ingest.format.ReadAs;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Returns the records of an upload one at a time; whatever is wrong with it is a problem with its position. */
public interface RecordReader {
    /** The next record, one line of JSON without its end, valid until the next call; null after the last one. */
    @Nullable
    ByteBuffer next();

    /** Final once all records were read. */
    ReadAs readAs();
}
