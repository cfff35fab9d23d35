package dev.datapipeline.csv;

/**
 * Choices where readers of CSV differ.
 *
 * @param byteOrderMark whether the document begins with one, by which spreadsheets know UTF-8
 * @param guardsFormulas whether an apostrophe goes before what a spreadsheet would evaluate
 * @param nullText what stands for null, without quotes; empty for nothing
 */
public record CsvOptions(boolean byteOrderMark, boolean guardsFormulas, String nullText) {
    public static final CsvOptions DEFAULT = new CsvOptions(false, true, "");
}
