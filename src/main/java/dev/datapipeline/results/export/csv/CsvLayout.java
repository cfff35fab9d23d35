package dev.datapipeline.results.export.csv;

import dev.datapipeline.results.export.columns.StageLabels;
import dev.datapipeline.results.export.columns.TableColumns;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.run.store.attempt.AttemptNumbers;
import java.util.List;

/** Which cells of records make a table. */
public interface CsvLayout {
    /** What precedes the names of the columns of each part of a record. */
    List<String> prefixes();

    /** Columns that the table has in any case, before all others. */
    default void addFixed(CsvColumns columns) {
        // None, unless a layout says otherwise.
    }

    /** Splits every record that belongs to the table into cells. */
    RecordVisitor cells(CsvCells.Table table);

    /** The last value of each succeeded record. */
    static CsvLayout finalValues() {
        return new CsvLayout() {
            @Override
            public List<String> prefixes() {
                return List.of("");
            }

            @Override
            public RecordVisitor cells(CsvCells.Table table) {
                return new CsvCells(true, table);
            }
        };
    }

    /** The raw record, the value after each stage, and the error or the reason. */
    static CsvLayout states(StageLabels labels) {
        return new CsvLayout() {
            @Override
            public List<String> prefixes() {
                return CsvCells.statePrefixes(labels);
            }

            @Override
            public RecordVisitor cells(CsvCells.Table table) {
                return new CsvCells(false, table);
            }
        };
    }

    static CsvLayout table(StageLabels labels, TableColumns columns, AttemptNumbers attempts) {
        return new CsvTable(labels, columns, attempts);
    }
}
