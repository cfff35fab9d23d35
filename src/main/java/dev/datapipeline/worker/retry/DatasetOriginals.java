package dev.datapipeline.worker.retry;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.sandbox.engine.OriginalRecords;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The records that a sandbox was given of a batch. Read only when they are asked for, which many batches never do. */
final class DatasetOriginals implements OriginalRecords {
    private final BatchLines source;
    private final IntUnaryOperator place;
    private @Nullable RecordLines lines;
    private int reached = -1;

    /** @param place in the batch of a record, by the number that the sandbox knows it by */
    DatasetOriginals(BatchLines source, IntUnaryOperator place) {
        this.source = source;
        this.place = place;
    }

    @Override
    public void moveTo(int position) throws IOException {
        RecordLines reader = lines();
        for (int wanted = place.applyAsInt(position); reached < wanted; reached++) {
            if (!reader.next()) {
                throw new EOFException("no record " + wanted + " in this batch");
            }
        }
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        lines().writeRecord(target);
    }

    private RecordLines lines() throws IOException {
        RecordLines open = lines;
        if (open == null) {
            open = source.open();
            lines = open;
        }
        return open;
    }
}
