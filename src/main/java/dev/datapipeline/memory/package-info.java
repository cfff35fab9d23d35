/**
 * Limits the memory of all requests under way together.
 *
 * <p>Limits of single requests do not limit the process: thirty-two requests of 16 MB each are 512 MB. Whoever holds
 * bytes of a client or of a script in memory takes them from the one {@link dev.datapipeline.memory.MemoryBudget} first, as a
 * {@link dev.datapipeline.memory.MemoryLease}, and closes the lease when the bytes are no longer referenced. Nobody waits for memory
 * while holding some: leases that have to grow do so without waiting, or two of them would wait for each other.
 *
 * <p>Known to every feature, knows only settings and problems.
 */
@NullMarked
package dev.datapipeline.memory;

import org.jspecify.annotations.NullMarked;
