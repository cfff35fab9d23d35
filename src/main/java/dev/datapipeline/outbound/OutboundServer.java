package dev.datapipeline.outbound;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;

/** The server of one sandbox. Closing ends its connections and removes the socket. */
public final class OutboundServer implements AutoCloseable {
    private final Channel listener;
    private final ChannelGroup connections;

    OutboundServer(Channel listener, ChannelGroup connections) {
        this.listener = listener;
        this.connections = connections;
    }

    /** Begins to close, from any thread, and does not wait for it. */
    public void abort() {
        listener.close();
        connections.close();
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
    }
}
