package dev.datapipeline.outbound;

import java.util.Map;

/**
 * The way out of one sandbox.
 *
 * @param environment of its scripts, so that their clients find the relay
 * @param service behind the socket
 * @param waiting filled by the calls of this sandbox
 */
public record OutboundAccess(Map<String, String> environment, OutboundService service, WaitingTime waiting) {
    /** On which the relay listens in the sandbox. */
    public static final int PORT = 11_411;

    public OutboundAccess {
        environment = Map.copyOf(environment);
    }
}
