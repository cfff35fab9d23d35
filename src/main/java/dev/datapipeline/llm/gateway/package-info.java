/**
 * Carries model calls from sandboxes to upstreams. For a client in the sandbox it is a server of OpenAI.
 *
 * <p>A {@link dev.datapipeline.llm.gateway.Gateway} makes one service for each sandbox's socket. A
 * {@link dev.datapipeline.llm.gateway.GatewayCall} takes a request through check and admission, an
 * {@link dev.datapipeline.llm.gateway.attempt.Attempt} through one try at the upstream and its settlement.
 *
 * <p>What must never happen: an open call that is not ended, or twice; an answer that goes down before its books are durable; a broken stream
 * that looks whole; a header of the script that reaches the upstream without being on the list, or one of the upstream that frames.
 * Everything of a call happens on the event loop of its connection.
 */
@NullMarked
package dev.datapipeline.llm.gateway;

import org.jspecify.annotations.NullMarked;
