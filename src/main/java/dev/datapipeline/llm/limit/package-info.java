/**
 * How fast calls go up: one {@link dev.datapipeline.llm.limit.RateLimiter} for each upstream and model, over all sandboxes.
 *
 * <p>A call waits until a place in flight, a request and its tokens are free together, and takes all three or none. Runs take turns, trials
 * come first with one call at a time. The limiter learns from what the upstream says: announced limits, remaining amounts and refusals.
 * Called by the ledger; knows nothing of money.
 *
 * <p>Nobody blocks: those who wait are called back, by whoever frees a place or by the timer. Callbacks run without any lock held.
 */
@NullMarked
package dev.datapipeline.llm.limit;

import org.jspecify.annotations.NullMarked;
