package dev.datapipeline.trial;

import dev.datapipeline.pipeline.Pipeline;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be tried.
 *
 * @param records JSON objects
 * @param calls of models; null where scripts may call none
 * @param environment of its scripts; null where they need no packages
 * @param memory bytes that its sandbox may take; null for the limit of the settings
 */
record TrialOrder(
        Pipeline pipeline,
        List<RawRecord> records,
        @Nullable TrialCalls calls,
        @Nullable TrialEnvironment environment,
        @Nullable Long memory) {
    /** The records as a batch has them, each in a line. */
    byte[] lines() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (RawRecord each : records) {
            lines.writeBytes(each.bytes());
            lines.write('\n');
        }
        return lines.toByteArray();
    }
}
