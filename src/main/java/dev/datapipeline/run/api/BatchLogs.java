package dev.datapipeline.run.api;

import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.ResultStore;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.storage.BlobReader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/** Reads what the scripts of batches have printed. */
@Singleton
class BatchLogs {
    private final ResultStore results;

    BatchLogs(ResultStore results) {
        this.results = results;
    }

    /** @throws NoSuchFileException when the results are gone */
    byte[] read(RunRef run, ResultLocation location) throws IOException {
        byte[] text = new byte[Math.toIntExact(location.logLength())];
        try (BlobReader segment = results.open(run.id(), location.segment())) {
            segment.read(ByteBuffer.wrap(text), location.offset() + location.resultsLength());
        }
        return text;
    }
}
