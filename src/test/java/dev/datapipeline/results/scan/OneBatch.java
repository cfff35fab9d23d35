package dev.datapipeline.results.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultBytes;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.results.export.columns.StageLabels;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.store.batch.BatchOutcome;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import dev.datapipeline.storage.MemoryBlob;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch of raw records, shown to visitors as a walk through a run would. Its pipeline has the stages pre_clean and main_clean. */
public final class OneBatch {
    public static final StageLabels LABELS = new StageLabels(List.of(new StepOutline("clean", List.of("pre", "main"))));

    private final String[] raws;

    public OneBatch(String... raws) {
        this.raws = raws;
    }

    public void show(ResultBytes results, RecordVisitor visitor) throws IOException {
        RecordLines lines = lines();
        ResultReader cursor = results.cursor();
        while (lines.next() && cursor.next()) {
            visitor.finished(cursor.position(), lines, cursor);
        }
    }

    public void showUnfinished(BatchStatus status, BatchOutcome.@Nullable Broken error, RecordVisitor visitor)
            throws IOException {
        BatchRow row =
                new BatchRow(0, status, 1, 0, raws.length, 0, 0, 0, 0, null, 0, RetriedCauses.ALL, error, null, null);
        RecordLines lines = lines();
        for (int index = 0; lines.next(); index++) {
            visitor.unfinished(index, lines, row);
        }
    }

    private RecordLines lines() {
        byte[] bytes = (String.join("\n", raws) + "\n").getBytes(UTF_8);
        return new RecordLines(new MemoryBlob(bytes), 0, bytes.length);
    }
}
