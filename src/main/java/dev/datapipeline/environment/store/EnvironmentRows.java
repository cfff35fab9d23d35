package dev.datapipeline.environment.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.database.Row;
import dev.datapipeline.environment.lock.Lock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts environments from and to the columns of their table. */
final class EnvironmentRows {
    static final String COLUMNS = """
             id, status, declaration, lock, locked_at, ended_at, folder, size, was_cached, steps, warnings, error_code, error_message, waits_for,
             waits_reason, resolve_ms, build_ms, created_at, last_used_at,
             status in ('RESOLVING', 'BUILDING') and (lease_until is null or lease_until < now()) as is_queued""";

    private final ObjectMapper mapper;
    private final ObjectReader declarations;
    private final ObjectReader locks;
    private final ObjectReader steps;
    private final ObjectReader texts;

    EnvironmentRows(ObjectMapper mapper) {
        this.mapper = mapper;
        this.declarations = mapper.readerFor(Declaration.class);
        this.locks = mapper.readerFor(Lock.class);
        this.steps = mapper.readerFor(new TypeReference<List<StepState>>() {});
        this.texts = mapper.readerFor(new TypeReference<List<String>>() {});
    }

    Environment environment(Row row) {
        EnvironmentStatus status = row.constant(EnvironmentStatus.class, "status");
        return new Environment(
                row.id("id"),
                status,
                declaration(row.text("declaration")),
                lock(row.optionalText("lock")),
                files(row),
                status == EnvironmentStatus.FAILED
                        ? new Environment.Failure(row.text("error_code"), row.text("error_message"))
                        : null,
                status.isOpen() ? waiting(row) : null,
                row.isTrue("is_queued"),
                new Environment.Progress(read(steps, row.text("steps")), read(texts, row.text("warnings"))),
                new Environment.Times(
                        row.instant("created_at"),
                        row.optionalInstant("locked_at"),
                        row.optionalInstant("ended_at"),
                        row.instant("last_used_at"),
                        row.optionalNumber("resolve_ms"),
                        row.optionalNumber("build_ms")));
    }

    private static Environment.@Nullable Files files(Row row) {
        String folder = row.optionalText("folder");
        return folder == null ? null : new Environment.Files(folder, row.number("size"), row.isTrue("was_cached"));
    }

    private static Environment.@Nullable Waiting waiting(Row row) {
        String obstacle = row.optionalText("waits_for");
        String reason = row.optionalText("waits_reason");
        return obstacle == null
                ? null
                : new Environment.Waiting(Obstacle.valueOf(obstacle), reason == null ? "" : reason);
    }

    Declaration declaration(String json) {
        return read(declarations, json);
    }

    @Nullable
    Lock lock(@Nullable String json) {
        return json == null ? null : read(locks, json);
    }

    String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <T> T read(ObjectReader reader, String json) {
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("an environment cannot be read from its row", broken);
        }
    }
}
