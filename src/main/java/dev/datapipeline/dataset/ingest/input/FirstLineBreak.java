package dev.datapipeline.dataset.ingest.input;

import dev.datapipeline.problem.Position;

/** Remembers the first of several line breaks. Not thread-safe. */
final class FirstLineBreak {
    private boolean isNoted;
    private long line;
    private long lineStart;
    private long offset;

    void note(long lineOfBreak, long startOfLine, long offsetOfBreak) {
        if (!isNoted) {
            isNoted = true;
            line = lineOfBreak;
            lineStart = startOfLine;
            offset = offsetOfBreak;
        }
    }

    void reset() {
        isNoted = false;
    }

    boolean isNoted() {
        return isNoted;
    }

    Position position(long record) {
        return new Position(record, line, offset - lineStart + 1, offset);
    }
}
