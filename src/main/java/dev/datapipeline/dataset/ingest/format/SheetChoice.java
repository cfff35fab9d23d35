package dev.datapipeline.dataset.ingest.format;

import java.util.List;

/**
 * @param name of the sheet that was read
 * @param all names of sheets of the workbook, in their order
 */
public record SheetChoice(String name, List<String> all) {
    public SheetChoice {
        all = List.copyOf(all);
    }
}
