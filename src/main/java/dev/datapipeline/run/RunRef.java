package dev.datapipeline.run;

import java.util.UUID;

/**
 * A run that whoever holds this may see. Readers take it instead of an id, so that a check of the caller cannot be forgotten: {@code
 * VisibleRuns} makes one for a caller, and the service makes its own for what it does by itself. The architecture test names who may.
 */
public record RunRef(UUID id) {
    @Override
    public String toString() {
        return id.toString();
    }
}
