/**
 * What goes over the socket of a sandbox, piece by piece: the relay's preamble, the head and the body of a request within their bounds, the
 * bytes for the relay, an answer. Knows only memory.
 */
@NullMarked
package dev.datapipeline.outbound.wire;

import org.jspecify.annotations.NullMarked;
