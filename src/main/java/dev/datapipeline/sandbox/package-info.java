/**
 * Isolated containers with the Python engine in them, and the protocol spoken with it (docs/engine-protocol.md).
 *
 * <p>{@link dev.datapipeline.sandbox.Sandboxes} hands a sandbox to the worker, from a warm pool where it can; a sandbox belongs to one
 * run for life. docker-java is used in this package only. What comes out of a sandbox is hostile until proven: types, lengths,
 * positions and counts are checked before anything is kept, and a sandbox that breaks the protocol is thrown away. No path, name
 * or text of a user ever becomes an argument, a file name, a label or an environment variable here.
 */
@NullMarked
package dev.datapipeline.sandbox;

import org.jspecify.annotations.NullMarked;
