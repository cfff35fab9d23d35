package dev.datapipeline.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that tests start and end. */
public final class FreePorts {
    private FreePorts() {}

    /** A port below those that the kernel gives to clients, so that it stays free between tests. */
    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // Another one is tried.
            }
        }
    }
}
