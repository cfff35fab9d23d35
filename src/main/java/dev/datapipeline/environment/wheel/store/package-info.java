/**
 * Wheels on this machine: those that were fetched, and those that users uploaded.
 *
 * <p>The store keeps a wheel under the SHA-256 of its bytes, which are checked while they arrive and again before they are handed out for an
 * installation. Fetched wheels are removed when they take more than their limit, the one not used for longest first, but none that somebody
 * has open or that a lock needs ({@link dev.datapipeline.environment.wheel.store.WheelProtection}). Uploaded wheels stay until somebody deletes
 * them. A wheel is a file of a stranger: nothing of it is run, and nothing that it states of itself is believed.
 *
 * <p>Where missing wheels come from is told by a {@link dev.datapipeline.environment.wheel.store.WheelSource}.
 */
@NullMarked
package dev.datapipeline.environment.wheel.store;

import org.jspecify.annotations.NullMarked;
