package dev.datapipeline.environment.requirement;

import java.util.ArrayList;
import java.util.List;

/** A line that may go on over several lines of the text that it comes from; knows where each of its characters stands there. */
final class LogicalLine {
    /** A piece begins at {@code offset} of this line and at {@code column} of {@code line} in the text. */
    private record Piece(int offset, int line, int column) {}

    /** Place in the text; both from 1. */
    record Place(int line, int column) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();

    void add(String piece, int line, int column) {
        pieces.add(new Piece(text.length(), line, column));
        text.append(piece);
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    String text() {
        return text.toString();
    }

    /** The line in which its first character stands that is no blank. */
    int firstLine() {
        int first = 0;
        while (first < text.length() && Character.isWhitespace(text.charAt(first))) {
            first++;
        }
        return placeOf(first).line();
    }

    Place placeOf(int offset) {
        Piece found = pieces.getFirst();
        for (Piece piece : pieces) {
            if (piece.offset() <= offset) {
                found = piece;
            }
        }
        return new Place(found.line(), found.column() + Character.codePointCount(text, found.offset(), offset));
    }
}
