package dev.datapipeline.results.sort;

/**
 * What records are sorted by.
 *
 * @param name of a field of the last value, or {@code _index}, {@code _status} or {@code _error}; a field of such a name has one underscore
 *     more, as in CSV
 */
public record SortColumn(String name, boolean isDescending) {
    private static final String RESERVED = "_+(index|status|error)";

    enum Kind {
        INDEX,
        STATUS,
        ERROR,
        FIELD
    }

    Kind kind() {
        return switch (name) {
            case "_index" -> Kind.INDEX;
            case "_status" -> Kind.STATUS;
            case "_error" -> Kind.ERROR;
            default -> Kind.FIELD;
        };
    }

    /** The key in the record. */
    String field() {
        return name.matches(RESERVED) ? name.substring(1) : name;
    }
}
