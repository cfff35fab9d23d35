package dev.datapipeline.dataset.ingest.workbook;

import dev.datapipeline.json.JsonLineBuilder;

/**
 * A cell with something in it.
 *
 * @param column from 0
 * @param text the text; for a number or true and false the JSON
 * @param shared the number of a shared text, for that kind
 */
record SheetCell(int column, Kind kind, String text, int shared) {
    enum Kind {
        TEXT,
        SHARED,
        INTEGER,
        NUMBER,
        BOOLEAN
    }

    /** Appends the value as JSON. */
    void appendTo(JsonLineBuilder line, SharedTexts texts) {
        switch (kind) {
            case TEXT -> line.appendString(text);
            case SHARED -> texts.appendTo(line, shared);
            case INTEGER, NUMBER, BOOLEAN -> line.appendAscii(text);
        }
    }

    /** Appends the value as the name of a column. */
    void appendName(JsonLineBuilder line, SharedTexts texts) {
        if (kind == Kind.SHARED) {
            texts.appendTo(line, shared);
        } else {
            line.appendString(text);
        }
    }
}
