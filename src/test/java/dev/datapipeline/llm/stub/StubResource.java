package dev.datapipeline.llm.stub;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
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
        settings.put(PREFIX + "base-url", "http://127.0.0.1:" + freePort() + "/v1");
        settings.put(PREFIX + "api-key", KEY);
        settings.put(PREFIX + "default", "true");
        settings.put(PREFIX + "prices." + MODEL + ".input", "1");
        settings.put(PREFIX + "prices." + MODEL + ".output", "10");
        return settings;
    }

    /** A port below those that the kernel gives to clients, so that it stays free between tests. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // Another one is tried.
            }
        }
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
