package dev.datapipeline.dataset.ingest.workbook;

import dev.datapipeline.csv.CsvWriter;

/** Letters of columns, and cells such as B12. */
final class CellAddress {
    private static final int LETTERS = 26;

    private CellAddress() {}

    /** The number of the column in an address, from 0; -1 when it has none that a workbook can have. */
    static int column(String address) {
        int column = 0;
        for (int index = 0; index < address.length(); index++) {
            char letter = address.charAt(index);
            if (letter < 'A' || letter > 'Z') {
                return index == 0 ? -1 : column - 1;
            }
            column = column * LETTERS + letter - 'A' + 1;
            if (column > CsvWriter.MAX_COLUMNS) {
                return -1;
            }
        }
        return column - 1;
    }

    static String letters(int column) {
        String rest = column < LETTERS ? "" : letters(column / LETTERS - 1);
        return rest + (char) ('A' + column % LETTERS);
    }

    /** @param row from 1 */
    static String of(int column, int row) {
        return letters(column) + row;
    }
}
