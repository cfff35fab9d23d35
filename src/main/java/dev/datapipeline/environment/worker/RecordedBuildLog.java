package dev.datapipeline.environment.worker;

import dev.datapipeline.environment.build.BuildLog;
import dev.datapipeline.environment.build.BuildStep;
import dev.datapipeline.environment.store.Environment.Progress;
import dev.datapipeline.environment.store.StepState;
import dev.datapipeline.environment.store.StepState.StepStatus;
import dev.datapipeline.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what a build says until it is written to the row of the environment. Thread-safe. */
final class RecordedBuildLog implements BuildLog {
    private static final int MAX_LOG = 500_000;
    private static final int MAX_LINE = 4_000;
    private static final int MAX_WARNINGS = 100;

    private final Ticker ticker;
    private final Map<BuildStep, Step> steps = new EnumMap<>(BuildStep.class);
    private final List<String> warnings = new ArrayList<>();
    private final StringBuilder unwritten = new StringBuilder();
    /** Characters of the log that are in the row. */
    private long written;
    /** Characters of the whole log. */
    private long length;

    private boolean isChanged;
    private @Nullable Step current;

    /** @param length characters that the log has already */
    RecordedBuildLog(Ticker ticker, long length) {
        this.ticker = ticker;
        this.written = length;
        this.length = length;
        for (BuildStep step : BuildStep.values()) {
            steps.put(step, new Step());
        }
    }

    private static final class Step {
        private StepStatus status = StepStatus.WAITING;
        private long beganAt;
        private long nanos;
        private @Nullable Long done;
        private @Nullable Long total;
    }

    /**
     * What is to be written.
     *
     * @param position characters of the log before {@code text}
     */
    record Part(Progress progress, long position, String text) {}

    @Override
    public synchronized void line(String text) {
        if (length >= MAX_LOG) {
            return;
        }
        append(printable(text));
        if (length >= MAX_LOG) {
            append("The log is longer than this; the rest is left out.");
        }
        isChanged = true;
    }

    private void append(String line) {
        unwritten.append(line).append('\n');
        length += line.codePointCount(0, line.length()) + 1;
    }

    @Override
    public synchronized void warning(String text) {
        String warning = printable(text);
        if (warnings.size() < MAX_WARNINGS && !warnings.contains(warning)) {
            warnings.add(warning);
        }
        line("Warning: " + text);
    }

    @Override
    public synchronized void begin(BuildStep step) {
        endCurrent(StepStatus.DONE);
        Step begun = steps.computeIfAbsent(step, absent -> new Step());
        begun.status = StepStatus.RUNNING;
        begun.beganAt = ticker.nanoTime();
        current = begun;
        isChanged = true;
    }

    @Override
    public synchronized void progress(long done, long total) {
        if (current != null) {
            current.done = done;
            current.total = total;
            isChanged = true;
        }
    }

    /** The step under way has ended, with the build or before it. */
    synchronized void end(StepStatus status) {
        endCurrent(status);
        isChanged = true;
    }

    /** A lock was there already. */
    synchronized void isResolved() {
        steps.computeIfAbsent(BuildStep.RESOLVE, absent -> new Step()).status = StepStatus.DONE;
    }

    private void endCurrent(StepStatus status) {
        if (current != null) {
            current.status = status;
            current.nanos += ticker.nanoTime() - current.beganAt;
            current = null;
        }
    }

    /** Takes what has changed since the last call; null when that is nothing. */
    synchronized @Nullable Part takeChanges() {
        if (!isChanged) {
            return null;
        }
        isChanged = false;
        String text = unwritten.toString();
        long position = written;
        written = length;
        unwritten.setLength(0);
        return new Part(new Progress(states(), warnings), position, text);
    }

    /** The part could not be written. */
    synchronized void putBack(Part part) {
        unwritten.insert(0, part.text());
        written = part.position();
        isChanged = true;
    }

    private List<StepState> states() {
        List<StepState> states = new ArrayList<>();
        steps.forEach((name, step) -> {
            long nanos = step.nanos + (step.status == StepStatus.RUNNING ? ticker.nanoTime() - step.beganAt : 0);
            Long millis = nanos == 0 ? null : Duration.ofNanos(nanos).toMillis();
            states.add(new StepState(name.name().toLowerCase(Locale.ROOT), step.status, millis, step.done, step.total));
        });
        return states;
    }

    /** One line without control characters, which could change how the log looks, and nothing that the database cannot keep. */
    private static String printable(String text) {
        String cut = text.length() <= MAX_LINE ? text : text.substring(0, MAX_LINE) + "…";
        StringBuilder line = new StringBuilder(cut.length());
        cut.codePoints()
                .map(character -> Character.isISOControl(character) && character != '\t' ? '\uFFFD' : character)
                .forEach(line::appendCodePoint);
        return new String(line.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
