package dev.datapipeline.project.api;

import dev.datapipeline.identity.Role;
import dev.datapipeline.project.Project;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A project.
 *
 * @param role of the caller in it; null for an administrator of the service who is no member
 * @param quotas absent in lists
 */
@Schema(name = "Project")
record ProjectResponse(
        UUID id,
        String name,
        Instant createdAt,
        @Nullable Role role,
        @Nullable QuotasResponse quotas) {
    static ProjectResponse of(Project project, @Nullable Role role, @Nullable QuotasResponse quotas) {
        return new ProjectResponse(project.id(), project.name(), project.createdAt(), role, quotas);
    }
}
