package dev.datapipeline.testing;

import dev.datapipeline.environment.index.upstream.StubIndex;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Configures a package index of this machine in place of the default one for the service under test, on a port that is free now. Tests start it
 * themselves.
 */
public final class IndexResource implements QuarkusTestResourceLifecycleManager {
    private static final String URL = "datapipeline.environment.indexes.local.url";

    @Override
    public Map<String, String> start() {
        return Map.of(
                URL, "http://127.0.0.1:" + FreePorts.next() + "/simple/", "datapipeline.trial.queue-timeout", "60s");
    }

    @Override
    public void stop() {
        // Nothing was started.
    }

    /** Starts the index that is configured; ended by the caller. */
    public static StubIndex index() throws IOException {
        return new StubIndex(URI.create(ConfigProvider.getConfig().getValue(URL, String.class))
                .getPort());
    }
}
