package dev.datapipeline.environment.requirement.syntax;

import dev.datapipeline.environment.version.Specifiers;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The parts of a requirement.
 *
 * @param name normalised
 * @param extras normalised
 */
public record ParsedRequirement(String name, SortedSet<String> extras, Specifiers specifiers, Optional<Marker> marker) {
    /** The canonical text. */
    public String text() {
        String names = extras.isEmpty() ? name : name + "[" + String.join(",", extras) + "]";
        return names + specifiers + marker.map(condition -> "; " + condition).orElse("");
    }

    /**
     * Whether its marker holds.
     *
     * @param environment values of the variables of markers, as pip reports them
     */
    public boolean appliesIn(Map<String, String> environment) {
        return marker.map(condition -> condition.holds(environment)).orElse(true);
    }
}
