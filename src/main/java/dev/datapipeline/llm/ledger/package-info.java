/**
 * Decides about model calls and books them: the other side of {@link dev.datapipeline.llm.call.CallLedger}.
 *
 * <p>{@link dev.datapipeline.llm.ledger.ModelCallLedger} answers from what is kept, else lets a call claim its money, take its place in the
 * rate limit and write its claim to the log, in this order; then it may go up. When it ends, its bill replaces the claim, its answer is
 * kept, and both are written before the client gets the end of the answer. Called by the gateway for each call, when an
 * attempt begins, and by the run when it ends, pauses or has a new budget.
 *
 * <p>Nothing here blocks the thread of a connection. What a call holds is given back exactly once, however it ends.
 */
@NullMarked
package dev.datapipeline.llm.ledger;

import org.jspecify.annotations.NullMarked;
