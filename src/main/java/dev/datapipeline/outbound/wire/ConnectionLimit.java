package dev.datapipeline.outbound.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Accepts no more connections than may be open at one time; the others wait in the backlog of the socket. */
public final class ConnectionLimit extends ChannelInboundHandlerAdapter {
    private final int limit;
    private int open;

    public ConnectionLimit(int limit) {
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel connection = (Channel) message;
        open++;
        if (open >= limit) {
            context.channel().config().setAutoRead(false);
        }
        connection.closeFuture().addListener(closed -> context.executor().execute(() -> closed(context)));
        context.fireChannelRead(message);
    }

    private void closed(ChannelHandlerContext context) {
        open--;
        context.channel().config().setAutoRead(true);
    }
}
