package dev.datapipeline.outbound;

import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** Who may come to the socket of a sandbox, and what the sandbox works on. Asked on event loops: must not block. */
public interface OutboundClients {
    /** Whether a process of this user may connect. */
    boolean areOf(UserPrincipal user);

    /**
     * Index in the dataset of a record as the sandbox counts.
     *
     * @return -1 where the sandbox does not work on such a record
     */
    long index(long record);

    /** What the sandbox works on; null while that is nothing, as while it loads scripts. */
    @Nullable
    RecordSet batch();
}
