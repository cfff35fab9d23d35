package dev.datapipeline.worker.retry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log of a batch of which some records were retried: the earlier log without the lines of these records, then the new log. A line of
 * the new log begins with the number of its record among the retried ones, which is replaced by its index. All other bytes are kept.
 */
final class MergedLog {
    private static final Pattern OWN_LINE = Pattern.compile("(?md)^#(\\d{1,18}) .*\n?");
    private static final Pattern NUMBER = Pattern.compile("(?md)^#(\\d{1,9}) ");

    private final long firstRecord;
    private final int[] positions;

    MergedLog(long firstRecord, int[] positions) {
        this.firstRecord = firstRecord;
        this.positions = positions.clone();
    }

    byte[] of(byte[] earlier, byte[] fresh) {
        String kept = kept(new String(earlier, ISO_8859_1));
        String between = kept.isEmpty() || kept.endsWith("\n") ? "" : "\n";
        return (kept + between + renumbered(new String(fresh, ISO_8859_1))).getBytes(ISO_8859_1);
    }

    private String kept(String earlier) {
        return OWN_LINE.matcher(earlier)
                .replaceAll(
                        line -> ranAgain(Long.parseLong(line.group(1))) ? "" : Matcher.quoteReplacement(line.group()));
    }

    private boolean ranAgain(long index) {
        long position = index - firstRecord;
        return position >= 0 && position <= Integer.MAX_VALUE && Arrays.binarySearch(positions, (int) position) >= 0;
    }

    private String renumbered(String fresh) {
        return NUMBER.matcher(fresh).replaceAll(line -> {
            int number = Integer.parseInt(line.group(1));
            return number < positions.length ? "#" + (firstRecord + positions[number]) + " " : line.group();
        });
    }
}
