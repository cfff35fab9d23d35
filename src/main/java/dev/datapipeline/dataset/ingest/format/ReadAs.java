package dev.datapipeline.dataset.ingest.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param separator of the columns of a table; null for JSON
 * @param recordsPath the JSON Pointer that was asked for; null when there was none
 * @param recordLists lists inside a document that became one record; empty for everything else
 * @param sheet of a workbook; null for everything else
 * @param notes sentences for people, about whatever was not as it was said to be or may not be what was meant
 */
public record ReadAs(
        DatasetFormat format,
        @Nullable Separator separator,
        @Nullable JsonPointer recordsPath,
        List<RecordList> recordLists,
        @Nullable SheetChoice sheet,
        List<String> notes) {
    /** Of a format that has no choices. */
    public static ReadAs plain(DatasetFormat format, List<String> notes) {
        return new ReadAs(format, null, null, List.of(), null, notes);
    }

    public static ReadAs sheet(SheetChoice sheet, List<String> notes) {
        return new ReadAs(DatasetFormat.EXCEL, null, null, List.of(), sheet, notes);
    }

    public ReadAs {
        recordLists = List.copyOf(recordLists);
        notes = List.copyOf(notes);
    }
}
