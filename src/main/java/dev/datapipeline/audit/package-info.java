/**
 * The audit log: who changed what, from where and with what outcome, and what people who are known were denied.
 *
 * <p>{@code identity.access} is the only caller of {@link dev.datapipeline.audit.AuditLog}. A change begins once a row in {@code audit_open} says
 * that it was let through, and is refused where that cannot be written. When it ends, one entry with its outcome takes the place of that row. What
 * a process leaves open when it dies becomes an entry with the outcome UNKNOWN at the next start, so no change is lost from the log.
 *
 * <p>The digest of each entry covers the one before it ({@link dev.datapipeline.audit.AuditChain}): an entry that is changed, removed or
 * put in between is found by {@code report}. Bodies, queries and secrets of requests must never get in here.
 */
@NullMarked
package dev.datapipeline.audit;

import org.jspecify.annotations.NullMarked;
