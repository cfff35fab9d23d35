package dev.datapipeline.environment.requirement;

import dev.datapipeline.environment.version.Specifiers;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The parts of a requirement.
 *
 * @param name normalised
 * @param extras normalised
 */
record ParsedRequirement(String name, SortedSet<String> extras, Specifiers specifiers, Optional<Marker> marker) {
    /** The canonical text. */
    String text() {
        String names = extras.isEmpty() ? name : name + "[" + String.join(",", extras) + "]";
        return names + specifiers + marker.map(condition -> "; " + condition).orElse("");
    }
}
