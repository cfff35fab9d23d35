package dev.datapipeline.pipeline;

/**
 * @param name what the user calls it: a label, never a path
 * @param source Python in UTF-8, at most {@value ScriptValidator#MAX_SOURCE_BYTES} bytes
 */
public record Script(String name, String source) {
    public Script {
        Violations violations = new Violations();
        NameValidator.check(name, "/name", violations);
        ScriptValidator.check(source, "/source", violations);
        violations.rejectAsBug();
    }
}
