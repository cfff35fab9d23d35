package dev.datapipeline.llm.stub;

import dev.datapipeline.testing.FreePorts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Configures a scripted upstream called {@link #NAME} for the service under test, on a port that is free now. Tests start it themselves.
 * A million tokens of its model {@link #MODEL} cost one dollar as input and ten as output.
 */
public final class StubResource implements QuarkusTestResourceLifecycleManager {
    public static final String NAME = "stub";
    public static final String MODEL = "m";
    public static final String KEY = "sk-stub-0123456789-secret";
    private static final String PREFIX = "datapipeline.llm.upstreams." + NAME + ".";

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        settings.put(PREFIX + "base-url", "http://127.0.0.1:" + FreePorts.next() + "/v1");
        settings.put(PREFIX + "api-key", KEY);
        settings.put(PREFIX + "default", "true");
        settings.put(PREFIX + "prices." + MODEL + ".input", "1");
        settings.put(PREFIX + "prices." + MODEL + ".output", "10");
        return settings;
    }

    @Override
    public void stop() {
        // Nothing was started.
    }

    /** Starts the upstream that is configured; ended by the caller. */
    public static StubUpstream upstream() throws IOException {
        String url = ConfigProvider.getConfig().getValue(PREFIX + "base-url", String.class);
        return StubUpstream.start(URI.create(url).getPort());
    }
}
