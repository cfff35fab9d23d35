/**
 * The contract between the gateway, which carries model calls, and the ledger, which decides when one may go up and what it cost.
 *
 * <p>Order of a call: the gateway checks the request and asks {@link dev.datapipeline.llm.call.CallLedger#admit}. The ledger answers from
 * what it keeps, refuses, or grants an {@link dev.datapipeline.llm.call.OpenCall} once the rate limit and the budget have room. The
 * gateway sends the request, reports the status line of each answer, and ends every open call exactly once, by
 * {@link dev.datapipeline.llm.call.OpenCall#settle} or {@link dev.datapipeline.llm.call.OpenCall#retry}. It sends the end of an answer to
 * the client only after the settlement is durable.
 *
 * <p>No method here blocks, all may be called on the thread of a connection, and stages may complete on any thread. Money stays on the
 * ledger's side; the gateway speaks in tokens and bytes. Knows no other package.
 */
@NullMarked
package dev.datapipeline.llm.call;

import org.jspecify.annotations.NullMarked;
