package dev.datapipeline.environment.build.folder;

import dev.datapipeline.environment.build.BuildLog;
import dev.datapipeline.environment.build.BuildStep;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a build tells. */
final class KeptLog implements BuildLog {
    final List<BuildStep> steps = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    long done;
    long total;

    @Override
    public void begin(BuildStep step) {
        steps.add(step);
    }

    @Override
    public void progress(long reached, long all) {
        done = reached;
        total = all;
    }

    @Override
    public void line(String text) {
        lines.add(text);
    }

    @Override
    public void warning(String text) {
        warnings.add(text);
    }
}
