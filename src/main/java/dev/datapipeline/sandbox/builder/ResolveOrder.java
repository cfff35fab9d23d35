package dev.datapipeline.sandbox.builder;

import dev.datapipeline.outbound.OutboundAccess;
import java.time.Duration;
import java.util.List;

/**
 * @param requirements lines of PEP 508
 * @param requiresPython specifiers of PEP 440 for the Python of the image; empty where any will do
 * @param index answers as the one package index that there is
 * @param timeout in whole seconds
 */
public record ResolveOrder(List<String> requirements, String requiresPython, OutboundAccess index, Duration timeout) {
    public ResolveOrder {
        requirements = List.copyOf(requirements);
    }
}
