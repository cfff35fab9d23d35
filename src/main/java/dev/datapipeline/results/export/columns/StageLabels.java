package dev.datapipeline.results.export.columns;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import java.util.ArrayList;
import java.util.List;

/** The constant JSON around the stage values of a pipeline, built once and indexed by the ordinal of the stage. */
public final class StageLabels {
    private final List<byte[]> openings = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    public StageLabels(List<StepOutline> steps) {
        for (StepOutline step : steps) {
            for (String stage : step.stages()) {
                openings.add(("{\"step\":" + quoted(step.name()) + ",\"stage\":" + quoted(stage) + ",\"value\":")
                        .getBytes(UTF_8));
                names.add(stage + "_" + step.name());
                keys.add((quoted(stage + "_" + step.name()) + ":").getBytes(UTF_8));
            }
        }
    }

    public byte[] opening(int ordinal) {
        return openings.get(ordinal);
    }

    /** {@code "pre_clean":} */
    public byte[] key(int ordinal) {
        return keys.get(ordinal);
    }

    public int size() {
        return names.size();
    }

    /** {@code pre_clean} */
    public String name(int ordinal) {
        return names.get(ordinal);
    }

    public static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
