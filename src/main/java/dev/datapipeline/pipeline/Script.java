package dev.datapipeline.pipeline;

/**
 * A Python script.
 *
 * @param name what the user calls it: a label, never a path
 * @param source Python in UTF-8, at most {@value ScriptRules#MAX_SOURCE_BYTES} bytes
 */
public record Script(String name, String source) {
    public Script {
        Violations violations = new Violations();
        NameRules.check(name, "/name", violations);
        ScriptRules.check(source, "/source", violations);
        violations.refuseAsBug();
    }
}
