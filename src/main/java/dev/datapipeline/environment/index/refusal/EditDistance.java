package dev.datapipeline.environment.index.refusal;

/** How many letters have to be changed, added, left out or swapped with their neighbour to make one word of another. */
final class EditDistance {
    private EditDistance() {}

    static int between(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            last[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                boolean isSame = one.charAt(line - 1) == other.charAt(column - 1);
                int least = Math.min(Math.min(row[column - 1], last[column]) + 1, last[column - 1] + (isSame ? 0 : 1));
                boolean isSwapped = line > 1
                        && column > 1
                        && one.charAt(line - 1) == other.charAt(column - 2)
                        && one.charAt(line - 2) == other.charAt(column - 1);
                row[column] = isSwapped ? Math.min(least, beforeLast[column - 2] + 1) : least;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[other.length()];
    }
}
