package dev.datapipeline.environment.requirement;

import dev.datapipeline.environment.requirement.syntax.RequirementParser;
import dev.datapipeline.environment.requirement.syntax.RequirementSyntaxException;
import java.util.Map;

/**
 * One requirement of a pipeline (PEP 508), checked.
 *
 * @param name normalised (PEP 503)
 * @param text in canonical form: two requirements that mean the same in other spelling have the same text; ASCII, one line
 * @param origin where it was written
 */
public record Requirement(String name, String text, Origin origin) {
    /**
     * Whether its marker holds, so that pip installs it.
     *
     * @param environment values of the variables of markers, as pip reports them
     */
    public boolean appliesIn(Map<String, String> environment) {
        try {
            return RequirementParser.parse(text).appliesIn(environment);
        } catch (RequirementSyntaxException invalid) {
            throw new IllegalStateException("not a canonical requirement: " + text, invalid);
        }
    }
}
