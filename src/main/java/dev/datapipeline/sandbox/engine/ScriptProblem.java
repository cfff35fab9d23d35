package dev.datapipeline.sandbox.engine;

import java.util.Objects;

/**
 * @param line from 1
 * @param column from 1
 * @param severity {@code error} or {@code warning}
 * @param code {@code SCRIPT_SYNTAX} or {@code SCRIPT_CONTRACT}
 */
public record ScriptProblem(int line, int column, String severity, String message, String code) {
    public ScriptProblem {
        Objects.requireNonNull(severity);
        Objects.requireNonNull(message);
        Objects.requireNonNull(code);
    }

    public boolean isError() {
        return severity.equals("error");
    }
}
