package dev.datapipeline.outbound.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Takes the relay's preamble off the front of a connection and passes it on as an {@link Origin}; ends one of another version. */
public final class PreambleDecoder extends ByteToMessageDecoder {
    static final byte VERSION = 1;
    static final int LENGTH = 1 + Long.BYTES + Short.BYTES;

    public PreambleDecoder() {
        setSingleDecode(true);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
        if (bytes.getByte(bytes.readerIndex()) != VERSION) {
            bytes.skipBytes(bytes.readableBytes());
            context.close();
            return;
        }
        if (bytes.readableBytes() < LENGTH) {
            return;
        }
        bytes.skipBytes(1);
        out.add(new Origin(Math.max(Origin.UNKNOWN, bytes.readLong()), Math.max(Origin.UNKNOWN, bytes.readShort())));
        context.pipeline().remove(this);
    }
}
