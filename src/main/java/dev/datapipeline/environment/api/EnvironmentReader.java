package dev.datapipeline.environment.api;

import dev.datapipeline.environment.api.EnvironmentPage.DiskResponse;
import dev.datapipeline.environment.service.EnvironmentEvictions;
import dev.datapipeline.environment.service.EnvironmentRef;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentRepository;
import dev.datapipeline.environment.store.EnvironmentStatus;
import dev.datapipeline.environment.store.EnvironmentUses;
import dev.datapipeline.http.paging.Cursor;
import dev.datapipeline.http.paging.Page;
import dev.datapipeline.project.ProjectAccess;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads environments with those who use them. */
@Singleton
class EnvironmentReader {
    private static final int PIPELINES = 20;
    private static final EnvironmentUses.Users NOBODY = new EnvironmentUses.Users(List.of(), 0, 0);

    private final Environments environments;
    private final EnvironmentRepository repository;
    private final EnvironmentUses uses;
    private final EnvironmentEvictions evictions;

    EnvironmentReader(
            Environments environments,
            EnvironmentRepository repository,
            EnvironmentUses uses,
            EnvironmentEvictions evictions) {
        this.environments = environments;
        this.repository = repository;
        this.uses = uses;
        this.evictions = evictions;
    }

    EnvironmentResponse get(EnvironmentRef ref) {
        UUID id = ref.id();
        Environment environment = environments.find(id);
        return EnvironmentResponse.of(
                environment, uses.of(List.of(id), PIPELINES).getOrDefault(id, NOBODY));
    }

    EnvironmentPage list(ProjectAccess access, @Nullable EnvironmentStatus status, @Nullable Cursor after, int limit) {
        UUID project = access.project();
        List<Environment> found = repository.page(
                project,
                status,
                after == null ? null : after.createdAt(),
                after == null ? null : after.id(),
                limit + 1);
        Page<Environment> page =
                Page.of(found, limit, last -> new Cursor(last.times().createdAt(), last.id()));
        Map<UUID, EnvironmentUses.Users> users =
                uses.of(page.items().stream().map(Environment::id).toList(), PIPELINES);
        return new EnvironmentPage(
                page.items().stream()
                        .map(each -> EnvironmentResponse.of(each, users.getOrDefault(each.id(), NOBODY)))
                        .toList(),
                page.nextCursor(),
                new DiskResponse(uses.usage(project).bytes(), evictions.limit()));
    }
}
