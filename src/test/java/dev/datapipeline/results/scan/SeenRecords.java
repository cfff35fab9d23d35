package dev.datapipeline.results.scan;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.run.store.batch.BatchRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it is shown; small letters stand for records without a result. */
class SeenRecords implements RecordVisitor {
    final List<Long> indexes = new ArrayList<>();
    final List<String> raws = new ArrayList<>();
    final StringBuilder statuses = new StringBuilder();

    @Override
    public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
        add(
                index,
                raw,
                switch (result.status()) {
                    case SUCCEEDED -> 'S';
                    case FAILED -> 'F';
                    case SKIPPED -> 'K';
                });
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
        add(
                index,
                raw,
                switch (batch.status()) {
                    case FAILED -> 'f';
                    case CANCELLED -> 'c';
                    case QUEUED, RUNNING, SUCCEEDED -> 'p';
                });
    }

    private void add(long index, RecordLines raw, char status) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        raw.writeRecord(bytes);
        indexes.add(index);
        raws.add(bytes.toString(StandardCharsets.UTF_8));
        statuses.append(status);
    }
}
