package dev.datapipeline.worker.retry;

import dev.datapipeline.dataset.RecordLines;
import java.io.IOException;

/** The records of a batch in the dataset; each call reads them from the first on. */
public interface BatchLines {
    RecordLines open() throws IOException;
}
