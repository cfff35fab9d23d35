package dev.datapipeline.environment.index;

import dev.datapipeline.environment.index.refusal.PackageRefusal;
import dev.datapipeline.outbound.OutboundService;
import java.util.Optional;

/**
 * The indexes as one resolution sees them: a page that was served once stays the same. Thread-safe. After it is closed it knows no new
 * names; the findings stay.
 */
public interface IndexSession extends AutoCloseable {
    /** Answers pip in the builder. */
    OutboundService service();

    IndexFindings findings();

    /** What is wrong already, before pip is asked: a script that needs another Python than the sandbox has. */
    Optional<PackageRefusal> refusal();

    @Override
    void close();
}
