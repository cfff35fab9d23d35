/**
 * The protocol spoken with the Python engine inside a sandbox (docs/engine-protocol.md), and the words for what is sent and what comes
 * back.
 *
 * <p>{@link dev.datapipeline.engine.EngineConnection} is one connection: it greets, loads an
 * {@link dev.datapipeline.engine.EnginePipeline} and runs batches, each a {@code BatchExchange} that feeds records in and walks through
 * the results as they come. Sandboxes own connections; pipelines, runs and workers use the words only.
 *
 * <p>What comes out of a sandbox is hostile until proven: types, lengths, positions and counts are checked before anything is kept,
 * nothing is allocated for a length that was not bounded before, and whatever breaks the protocol ends in a
 * {@link dev.datapipeline.engine.SandboxFailureException}. Every wait has a bound. Knows neither Docker nor who asks.
 */
@NullMarked
package dev.datapipeline.engine;

import org.jspecify.annotations.NullMarked;
