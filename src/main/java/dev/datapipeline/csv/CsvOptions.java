package dev.datapipeline.csv;

/**
 * Choices where readers of CSV differ.
 *
 * @param byteOrderMark whether the document begins with one, by which spreadsheets know UTF-8
 * @param guardsFormulas whether an apostrophe goes before what a spreadsheet would evaluate
 * @param nullText what stands for null, without quotes; empty for nothing
 * @param separator of the columns: a comma or a tab, which both have quotes around them within a value
 */
public record CsvOptions(boolean byteOrderMark, boolean guardsFormulas, String nullText, char separator) {
    public static final CsvOptions DEFAULT = new CsvOptions(false, true, "");

    public CsvOptions(boolean byteOrderMark, boolean guardsFormulas, String nullText) {
        this(byteOrderMark, guardsFormulas, nullText, ',');
    }

    public CsvOptions separatedBy(char other) {
        return new CsvOptions(byteOrderMark, guardsFormulas, nullText, other);
    }
}
