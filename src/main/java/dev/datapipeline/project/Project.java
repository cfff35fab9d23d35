package dev.datapipeline.project;

import java.time.Instant;
import java.util.UUID;

/** A project with its quotas; those that it does not set itself come from the settings. */
public record Project(UUID id, String name, Instant createdAt, Quotas own) {
    public ProjectRef ref() {
        return new ProjectRef(id, name);
    }
}
