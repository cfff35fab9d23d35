package dev.datapipeline.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param records how many failed for it
 * @param examples indexes of some of them, the first at the front
 */
public record FailureCause(FailureCauseId key, int records, List<Long> examples) {
    public FailureCause {
        examples = List.copyOf(examples);
    }

    /** @param message with the varying parts masked */
    public FailureCause(
            @Nullable String step,
            @Nullable String stage,
            String type,
            String message,
            @Nullable String script,
            @Nullable Integer line,
            int records,
            List<Long> examples) {
        this(new FailureCauseId(step, stage, type, message, script, line), records, examples);
    }
}
