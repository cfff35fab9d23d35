/**
 * The protocol spoken with the Python engine inside a sandbox (docs/engine-protocol.md).
 *
 * <p>{@link dev.datapipeline.sandbox.engine.protocol.EngineConnection} is one connection: it greets, loads a pipeline and runs batches, each a
 * {@code BatchSession} that sends records and validates the results as they come.
 *
 * <p>What comes out of a sandbox is hostile until it is checked: types, lengths, positions and counts are validated before anything is kept,
 * nothing is allocated for a length without a bound, and whatever breaks the protocol ends in a
 * {@link dev.datapipeline.sandbox.engine.SandboxFailureException}. Every wait has a bound.
 */
@NullMarked
package dev.datapipeline.sandbox.engine.protocol;

import org.jspecify.annotations.NullMarked;
