package dev.datapipeline.results.export.csv;

import dev.datapipeline.csv.CsvRow;
import dev.datapipeline.csv.CsvRow.CellKind;
import dev.datapipeline.problem.ProblemException;
import java.io.IOException;
import java.util.List;

/** What a table is written to: first every cell is shown to it, then the header and all rows are written. */
public interface TableSink {
    /**
     * A cell that will be written.
     *
     * @param column its number in the header, from 0
     *
     * @throws ProblemException OUT_OF_RANGE when the document cannot hold it
     */
    default void check(int column, CellKind kind, String text) {
        // Most documents hold every text.
    }

    /**
     * How many rows will be written; known before the first of them.
     *
     * @throws ProblemException OUT_OF_RANGE when the document cannot hold so many
     */
    default void checkRows(long rows) {
        // Most documents hold any number.
    }

    void writeHeader(List<String> names) throws IOException;

    void write(CsvRow row) throws IOException;

    /** Ends the document; what it is written to stays open. */
    default void end() throws IOException {
        // Nothing follows the last row of most documents.
    }
}
