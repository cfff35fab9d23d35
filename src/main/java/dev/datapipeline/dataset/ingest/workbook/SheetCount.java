package dev.datapipeline.dataset.ingest.workbook;

import java.util.ArrayList;
import java.util.List;

/** Counts what of a sheet may not be as its people expect. */
final class SheetCount {
    private long hiddenRows;
    private long errors;
    private long formulasWithoutValue;
    private long mergedRanges;

    void hiddenRow() {
        hiddenRows++;
    }

    void error() {
        errors++;
    }

    void formulaWithoutValue() {
        formulasWithoutValue++;
    }

    void mergedRange() {
        mergedRanges++;
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        note(notes, hiddenRows, "Hidden rows were taken like all others: %,d.");
        note(notes, errors, "Cells with an error, such as #N/A, became its text: %,d.");
        note(
                notes,
                formulasWithoutValue,
                "Formulas without a stored result became null: %,d. Open the workbook in a spreadsheet and save it to have them.");
        note(notes, mergedRanges, "Merged cells have their value in the first cell only; the others became null: %,d.");
        return notes;
    }

    private static void note(List<String> notes, long count, String text) {
        if (count > 0) {
            notes.add(text.formatted(count));
        }
    }
}
