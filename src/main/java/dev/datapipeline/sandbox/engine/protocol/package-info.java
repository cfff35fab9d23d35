/**
 * The protocol spoken with the Python engine inside a sandbox (docs/engine-protocol.md).
 *
 * <p>{@link dev.datapipeline.sandbox.engine.protocol.EngineConnection} is one connection. Its {@code FrameReader} splits what the engine sends into
 * frames, its {@code FrameWriter} sends queued frames, and each batch is a {@code BatchSession} with a {@code FrameReceiver} for each type of frame: a
 * new frame needs a {@code FrameType}, a receiver and a line in {@code BatchSession.receiver}.
 *
 * <p>What comes out of a sandbox is hostile until it is checked: types, lengths, positions and counts are validated before anything is kept,
 * nothing is allocated for a length without a bound, and whatever breaks the protocol ends in a
 * {@link dev.datapipeline.sandbox.engine.SandboxFailureException}. Every wait has a bound.
 */
@NullMarked
package dev.datapipeline.sandbox.engine.protocol;

import org.jspecify.annotations.NullMarked;
