package dev.datapipeline.dataset.ingest.csv;

import dev.datapipeline.dataset.ingest.format.Separator;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a table, detected from its beginning.
 *
 * @param separator of the columns
 * @param separatorLine bytes of a first line such as "sep=;", which is no part of the table; 0 without one
 * @param carriageReturns whether lines end with a carriage return alone
 * @param isEvident whether this is a table beyond doubt: several lines with the same number of columns, at least two
 */
public record TableLayout(Separator separator, int separatorLine, boolean carriageReturns, boolean isEvident) {
    /** How much of a table is looked at. */
    public static final int SAMPLE_BYTES = 64 * 1024;

    private static final List<Separator> CANDIDATES =
            List.of(Separator.COMMA, Separator.TAB, Separator.SEMICOLON, Separator.BAR);
    private static final Pattern SEPARATOR_LINE =
            Pattern.compile("\\A(\"?)sep=([^\\r\\n])\\1(\\r\\n|\\r|\\n|\\z)", Pattern.CASE_INSENSITIVE);
    private static final String OTHER_NOTATIONS = "[{<}]";

    /** @param sample the beginning of the table, or all of it if it is shorter than {@link #SAMPLE_BYTES} */
    public static TableLayout of(byte[] sample, UploadHints hints) {
        Separator wanted = hints.separator();
        Matcher line =
                SEPARATOR_LINE.matcher(new String(sample, 0, Math.min(sample.length, 16), StandardCharsets.ISO_8859_1));
        int lineLength = 0;
        Separator separator = wanted;
        if (line.find() && isSeparatorLine(line, sample)) {
            lineLength = line.end();
            separator = wanted != null ? wanted : new Separator(named(line));
        }
        Separator found = separator != null ? separator : detect(sample, lineLength, hints.claimedSeparator());
        TableSample fit = fit(sample, lineLength, found);
        return new TableLayout(
                found, lineLength, fit.endsLinesWithCarriageReturn(), isEvident(fit) && isPlainText(sample));
    }

    /** A quoted line may also be the name of the only column: then nothing after it contains that separator. */
    private static boolean isSeparatorLine(Matcher line, byte[] sample) {
        if (!Separator.canSeparate(named(line))) {
            return false;
        }
        boolean isQuoted = !line.group(1).isEmpty();
        return !isQuoted || fit(sample, line.end(), new Separator(named(line))).columns() > 1;
    }

    private static char named(Matcher line) {
        return line.group(2).charAt(0);
    }

    private static boolean isEvident(TableSample fit) {
        return fit.columns() > 1 && fit.isNamed() && fit.rows() > 0 && fit.soundRows() == fit.rows();
    }

    /** The best separator; without any candidate, the claimed one or a comma. */
    private static Separator detect(byte[] sample, int from, @Nullable Separator claimed) {
        Separator usual = claimed == null ? Separator.COMMA : claimed;
        return CANDIDATES.stream()
                .map(candidate -> new Candidate(candidate, fit(sample, from, candidate)))
                .filter(Candidate::isPossible)
                .max(Comparator.comparingDouble(Candidate::soundness)
                        .thenComparing(Comparator.comparingDouble(Candidate::foreignShare)
                                .reversed())
                        .thenComparingInt(Candidate::columns)
                        .thenComparing(candidate -> candidate.separator().equals(usual)))
                .map(Candidate::separator)
                .orElse(usual);
    }

    private record Candidate(Separator separator, TableSample fit) {
        /** Whether some line matches the first one, or every line is divided. A comma, the default, needs neither. */
        boolean isPossible() {
            boolean fits = fit.soundRows() > 0 || fit.dividedRows() == fit.rows() || separator.equals(Separator.COMMA);
            return fit.columns() > 1 && fit.hasSoundHeader() && fits;
        }

        /** Rounded to tenths, so that a single odd line does not decide. */
        double soundness() {
            return fit.rows() == 0 ? 1 : Math.floor(10.0 * fit.soundRows() / fit.rows());
        }

        double foreignShare() {
            return fit.foreignShare();
        }

        int columns() {
            return fit.columns();
        }
    }

    private static TableSample fit(byte[] sample, int from, Separator separator) {
        return TableSample.of(sample, from, sample.length < SAMPLE_BYTES, separator);
    }

    /** No value begins like JSON or markup, no bracket stands in the first line, and there is no control character. */
    private static boolean isPlainText(byte[] sample) {
        boolean isStart = true;
        boolean isFirstLine = true;
        for (byte value : sample) {
            boolean isLineEnd = value == '\n' || value == '\r';
            if ((isStart || isFirstLine) && OTHER_NOTATIONS.indexOf(value) >= 0) {
                return false;
            }
            if (value >= 0 && value < ' ' && value != '\t' && !isLineEnd) {
                return false;
            }
            isFirstLine &= !isLineEnd;
            isStart = isLineEnd || ",;|\t".indexOf(value) >= 0 || (isStart && value == ' ');
        }
        return true;
    }
}
