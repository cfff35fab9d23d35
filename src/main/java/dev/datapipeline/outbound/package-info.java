/**
 * HTTP for sandboxes, which have no network: one server on a Unix socket for each sandbox. It knows nothing of what is called.
 *
 * <p>A relay in the sandbox listens on a port and copies bytes between each connection there and a new one to the socket. It begins with a
 * preamble of 11 bytes, big endian, so that nothing in HTTP says whose call it is:
 *
 * <pre>
 * 1 byte   version, 0x01
 * 8 bytes  index of the record, -1 where nobody knows
 * 2 bytes  ordinal of the stage from 0, -1 where nobody knows
 * </pre>
 *
 * <p>The server answers with single bytes ({@link dev.datapipeline.outbound.wire.RelaySignal}) until one says that HTTP follows. A connection
 * carries one request: every answer says {@code Connection: close}, and what comes after the request is thrown away. So there is no second
 * request whose beginning two readers could see in two places.
 *
 * <p>Nothing a script sends costs more than its bounds: connections, head, body, the time for each, memory from the common budget. What a
 * script does not read is not fetched. Everything of a connection happens on its event loop; services must not block there.
 *
 * <p>Knows only memory and settings.
 */
@NullMarked
package dev.datapipeline.outbound;

import org.jspecify.annotations.NullMarked;
