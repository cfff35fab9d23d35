package dev.datapipeline.outbound.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.util.List;

/** Takes the relay's preamble off the front of a connection and passes it on as an {@link Origin}; ends one of another version or user. */
public final class PreambleDecoder extends ByteToMessageDecoder {
    static final byte VERSION = 2;
    static final int TOKEN_LENGTH = 16;
    static final int LENGTH = 1 + TOKEN_LENGTH + Long.BYTES + Short.BYTES;

    private final PeerCheck peers;

    public PreambleDecoder(PeerCheck peers) {
        this.peers = peers;
        setSingleDecode(true);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
        if (bytes.getByte(bytes.readerIndex()) != VERSION) {
            reject(context, bytes);
            return;
        }
        if (bytes.readableBytes() < LENGTH) {
            return;
        }
        bytes.skipBytes(1);
        byte[] token = new byte[TOKEN_LENGTH];
        bytes.readBytes(token);
        if (!peers.admits(context.channel(), ByteBuffer.wrap(token))) {
            reject(context, bytes);
            return;
        }
        out.add(new Origin(Math.max(Origin.UNKNOWN, bytes.readLong()), Math.max(Origin.UNKNOWN, bytes.readShort())));
        context.pipeline().remove(this);
    }

    private static void reject(ChannelHandlerContext context, ByteBuf bytes) {
        bytes.skipBytes(bytes.readableBytes());
        context.close();
    }
}
