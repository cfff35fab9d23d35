package dev.datapipeline.dataset.ingest.workbook;

import dev.datapipeline.dataset.ingest.format.FieldSummary;
import dev.datapipeline.dataset.ingest.format.VisibleText;
import dev.datapipeline.json.JsonLineBuilder;
import dev.datapipeline.json.JsonText;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of columns: the cells of the first row with a value. */
final class SheetHeader {
    private final List<Column> columns = new ArrayList<>();
    private final int row;

    /**
     * A column with a name.
     *
     * @param column its number, from 0
     * @param opening its name as a JSON string, with a colon
     */
    record Column(int column, byte[] opening, FieldSummary.Field field) {}

    SheetHeader(SheetRows rows, SharedTexts texts, FieldSummary summary) {
        row = rows.number();
        Map<String, Integer> places = new HashMap<>();
        JsonLineBuilder line = new JsonLineBuilder();
        for (SheetCell cell : rows.cells()) {
            line.clear();
            cell.appendName(line, texts);
            byte[] name = line.toByteArray();
            rejectTwin(JsonText.decode(name, 1, name.length - 1, true), cell.column(), places);
            FieldSummary.Field field = summary.find(name, 1, name.length - 1, true);
            line.append(':');
            columns.add(new Column(cell.column(), line.toByteArray(), field));
        }
    }

    private void rejectTwin(String name, int column, Map<String, Integer> places) {
        Integer earlier = places.putIfAbsent(name, column);
        if (earlier != null) {
            throw new ProblemException(
                    ProblemType.DUPLICATE_KEY,
                    "The cells %s and %s name two columns \"%s\". Rename one of the two."
                            .formatted(
                                    CellAddress.of(earlier, row), CellAddress.of(column, row), VisibleText.of(name)));
        }
    }

    List<Column> columns() {
        return columns;
    }

    /** Of the sheet, from 1. */
    int row() {
        return row;
    }
}
