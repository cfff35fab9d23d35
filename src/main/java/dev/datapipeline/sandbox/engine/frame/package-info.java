/**
 * Frames, the units in which a sandbox and the service talk (docs/engine-protocol.md): each has a type, a length and a payload.
 *
 * <p>{@link dev.datapipeline.sandbox.engine.frame.FrameReader} splits what has arrived into frames and hands their parts to the
 * {@link dev.datapipeline.sandbox.engine.frame.FrameReceiver} of their type; {@link dev.datapipeline.sandbox.engine.frame.FrameWriter} sends queued
 * frames. The type of a frame limits its length, so nothing is allocated for a length without a bound.
 */
@NullMarked
package dev.datapipeline.sandbox.engine.frame;

import org.jspecify.annotations.NullMarked;
