/**
 * The audit log over HTTP, for administrators: its entries by person, operation, target and time, and the check that nobody has changed them.
 *
 * <p>Only reads; {@link dev.datapipeline.audit.AuditLog} writes.
 */
@NullMarked
package dev.datapipeline.audit.report;

import org.jspecify.annotations.NullMarked;
