package dev.datapipeline.http.download;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Resets a connection whose client does not take what was written. {@code HttpConnection.close()} and {@code Channel.close()} do not help:
 * Vert.x queues the close behind the bytes that are still to be sent.
 */
final class ConnectionReset {
    private ConnectionReset() {}

    /** Returns at once; a thread that writes to the connection gets an exception. */
    static void reset(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            Channel channel = base.channel();
            channel.eventLoop().execute(() -> reset(channel));
        } else {
            connection.close();
        }
    }

    private static void reset(Channel channel) {
        ChannelHandlerContext nearestToSocket = channel.pipeline().firstContext();
        if (!channel.isOpen() || nearestToSocket == null) {
            return;
        }
        // Sends RST instead of FIN: the end of a connection is the end of the answer in HTTP/1.0, and unsent bytes are
        // dropped.
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        // Handlers further from the socket, among them the one of Vert.x, are not asked.
        nearestToSocket.close();
    }
}
