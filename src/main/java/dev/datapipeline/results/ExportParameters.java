package dev.datapipeline.results;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.results.export.ResultFormat;
import dev.datapipeline.results.export.ResultSelection;
import dev.datapipeline.results.export.ResultView;
import dev.datapipeline.results.export.columns.TableColumn;
import dev.datapipeline.results.export.columns.TableColumns;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.store.failure.RecordQuery;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What of the records is exported, and in which format. */
public final class ExportParameters {
    private static final int MOST_FIELDS = 200;

    @RestQuery
    @Parameter(
            description = "Without it, json",
            schema = @Schema(enumeration = {"json", "ndjson", "csv", "tsv", "xlsx", "parquet"}))
    @Nullable
    String format;

    @RestQuery
    @Parameter(description = "zip to put the document into a zip archive", schema = @Schema(enumeration = {"zip"}))
    @Nullable
    String packing;

    @RestQuery
    @Parameter(
            description =
                    "The last values of succeeded records, or every stage of all. Without it, final; not with columns",
            schema = @Schema(enumeration = {"final", "states"}))
    @Nullable
    String view;

    @RestQuery
    @Parameter(
            description =
                    "A table with these columns, one row for each record: some of index, status, attempt, error, raw, stages and value, with"
                            + " commas between them. The columns error and value are empty for records that have none.")
    @Nullable
    String columns;

    @RestQuery
    @Parameter(
            description = "Only this field of raw, stages and value; may be given up to 200 times. With columns only.")
    @Nullable
    List<String> field;

    /** @throws ProblemException INVALID_PARAMETER */
    ResultFormat format() {
        return format == null ? ResultFormat.JSON : ResultFormat.named(format);
    }

    /** @throws ProblemException INVALID_PARAMETER */
    boolean isZip() {
        return packing != null && oneOf("packing", packing, List.of("zip")).equals("zip");
    }

    /** The names of the view, or of the table, for the name of a file. */
    String viewName() {
        return columns == null ? view == null ? "final" : view : "records";
    }

    /** @throws ProblemException INVALID_PARAMETER */
    ResultSelection selection(RecordQuery query) {
        if (query.filter() == RecordFilter.PENDING) {
            throw ProblemException.invalidParameter("status", "must not be PENDING: such records have no result yet");
        }
        if (columns == null) {
            if (field != null && !field.isEmpty()) {
                throw ProblemException.invalidParameter("field", "is allowed with columns only");
            }
            String shown = view == null ? "final" : oneOf("view", view, List.of("final", "states"));
            return ResultSelection.of(shown.equals("final") ? ResultView.FINAL : ResultView.STATES, query);
        }
        if (view != null) {
            throw ProblemException.invalidParameter("view", "is not allowed with columns");
        }
        return new ResultSelection(ResultView.TABLE, query, new TableColumns(shownColumns(columns), fields()));
    }

    private Set<String> fields() {
        if (field == null) {
            return Set.of();
        }
        if (field.size() > MOST_FIELDS) {
            throw ProblemException.invalidParameter("field", "is given more than %d times".formatted(MOST_FIELDS));
        }
        return Set.copyOf(field);
    }

    private static Set<TableColumn> shownColumns(String names) {
        Set<TableColumn> shown = EnumSet.noneOf(TableColumn.class);
        for (String name : names.split(",", -1)) {
            TableColumn column = Stream.of(TableColumn.values())
                    .filter(known -> known.label().equals(name))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.invalidParameter(
                            "columns", "must be some of " + labels() + " with commas between them"));
            if (!shown.add(column)) {
                throw ProblemException.invalidParameter("columns", "names " + name + " twice");
            }
        }
        return shown;
    }

    private static String labels() {
        return Stream.of(TableColumn.values()).map(TableColumn::label).collect(Collectors.joining(", "));
    }

    private static String oneOf(String name, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw ProblemException.invalidParameter(name, "must be one of " + String.join(", ", allowed));
        }
        return value;
    }
}
