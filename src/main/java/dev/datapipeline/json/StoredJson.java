package dev.datapipeline.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** Parsers for values that are stored already: their texts, numbers and names may have any length. */
public final class StoredJson {
    /** For readers that go down into values. */
    public static final JsonFactory NESTED =
            JsonFactory.builder().streamReadConstraints(anyLength().build()).build();

    /** For readers that pass over what is nested, however deep it is. */
    public static final JsonFactory TOP_LEVEL = JsonFactory.builder()
            .streamReadConstraints(
                    anyLength().maxNestingDepth(Integer.MAX_VALUE).build())
            .build();

    private StoredJson() {}

    private static StreamReadConstraints.Builder anyLength() {
        return StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE);
    }
}
