package dev.datapipeline.dataset.ingest.input;

/** Joins a JSON value that spans several lines into one line. */
final class LineBreakRemover {
    private LineBreakRemover() {}

    /** Removes, in place, every run of white space between tokens that contains a line break. Returns the new end. */
    static int join(byte[] bytes, int from, int to) {
        int target = from;
        int at = from;
        while (at < to) {
            int next = isSpace(bytes[at]) ? spaceEnd(bytes, at, to) : tokenEnd(bytes, at, to);
            if (!isSpace(bytes[at]) || !hasLineBreak(bytes, at, next)) {
                System.arraycopy(bytes, at, bytes, target, next - at);
                target += next - at;
            }
            at = next;
        }
        return target;
    }

    private static int spaceEnd(byte[] bytes, int at, int to) {
        int next = at;
        while (next < to && isSpace(bytes[next])) {
            next++;
        }
        return next;
    }

    /** Past all tokens up to the next space that is not part of a string. */
    private static int tokenEnd(byte[] bytes, int at, int to) {
        int next = at;
        while (next < to && !isSpace(bytes[next])) {
            next = bytes[next] == '"' ? stringEnd(bytes, next) : next + 1;
        }
        return next;
    }

    private static int stringEnd(byte[] bytes, int quote) {
        int next = quote + 1;
        while (bytes[next] != '"') {
            next += bytes[next] == '\\' ? 2 : 1;
        }
        return next + 1;
    }

    private static boolean hasLineBreak(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\n' || bytes[at] == '\r') {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }
}
