package dev.datapipeline.results.export.columns;

import java.util.Set;

/** @param fields of the raw record and of values that are shown; all of them if empty */
public record TableColumns(Set<TableColumn> shown, Set<String> fields) {
    public static final TableColumns NONE = new TableColumns(Set.of(), Set.of());

    public TableColumns {
        shown = Set.copyOf(shown);
        fields = Set.copyOf(fields);
    }

    public boolean show(TableColumn column) {
        return shown.contains(column);
    }

    public boolean showField(String name) {
        return fields.isEmpty() || fields.contains(name);
    }
}
