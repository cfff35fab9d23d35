package dev.datapipeline.environment.requirement;

import dev.datapipeline.problem.FieldError;

/**
 * What is wrong with a declaration, and where.
 *
 * @param pointer of the text in the document of the client, as a JSON Pointer (RFC 6901)
 * @param line in that text, from 1; 0 where it is about the whole
 * @param column in that line in characters, from 1; 0 where it is about the whole
 * @param message what is wrong and what to do, without a full stop
 */
record PackageError(String pointer, int line, int column, String message) {
    static PackageError ofWhole(String pointer, String message) {
        return new PackageError(pointer, 0, 0, message);
    }

    /** With the place in the message. */
    FieldError toFieldError() {
        return new FieldError(pointer, line == 0 ? message : "line " + line + ", column " + column + ": " + message);
    }
}
