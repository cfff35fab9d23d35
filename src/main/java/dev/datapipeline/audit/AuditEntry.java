package dev.datapipeline.audit;

import org.jspecify.annotations.Nullable;

/**
 * A request and what became of it.
 *
 * @param status of the answer; null where there was none
 * @param attempts equal requests that this entry stands for, all refused within a minute of the first
 */
public record AuditEntry(
        AuditedRequest request,
        AuditOutcome outcome,
        @Nullable Integer status,
        int attempts) {}
