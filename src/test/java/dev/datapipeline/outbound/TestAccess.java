package dev.datapipeline.outbound;

import dev.datapipeline.time.Ticker;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way out of a sandbox that this process plays: it works on every record, and any process may connect. */
public class TestAccess implements OutboundClients {
    public static OutboundAccess to(OutboundService service) {
        return new OutboundAccess(Map.of(), service, new WaitingTime(Ticker.system()));
    }

    /** A call begins to wait, and never ends to. */
    public static void waits(WaitingTime waiting) {
        waiting.begin();
    }

    @Override
    public boolean areOf(UserPrincipal user) {
        return true;
    }

    @Override
    public long index(long record) {
        return record;
    }

    @Override
    public @Nullable RecordSet batch() {
        return null;
    }
}
