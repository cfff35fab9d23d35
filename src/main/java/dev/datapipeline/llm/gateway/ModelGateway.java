package dev.datapipeline.llm.gateway;

import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.outbound.OutboundAccess;
import java.util.Optional;

/** Opens the way from sandboxes to models. Thread-safe. */
public interface ModelGateway {
    /** The way out of one sandbox; empty where the settings have no upstream of that name any more. */
    Optional<OutboundAccess> access(CallScope scope);
}
