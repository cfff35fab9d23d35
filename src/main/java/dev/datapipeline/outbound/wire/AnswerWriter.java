package dev.datapipeline.outbound.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.Map;

/** Writes signals, then one answer, to a connection. On its event loop only. */
public final class AnswerWriter {
    private static final int NO_CONTENT = 204;

    private final Channel channel;
    private final StallGuard guard;
    private RelaySignal state = RelaySignal.WENT_UP;

    public AnswerWriter(Channel channel, Duration stallTimeout) {
        this.channel = channel;
        this.guard = new StallGuard(channel, stallTimeout);
    }

    /** Tells the relay; nothing where HTTP has begun or the relay knows already. */
    public void signal(RelaySignal signal) {
        if (state == RelaySignal.HTTP_FOLLOWS || state == signal) {
            return;
        }
        if (signal != RelaySignal.CONTINUE) {
            state = signal;
        }
        writeSignal(signal);
        channel.flush();
    }

    /** @param isHead answers a HEAD request: as if there were a body, without it */
    public ChannelFuture whole(int status, Map<String, String> headers, byte[] body, boolean isHead) {
        var content = isHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), content);
        addHeaders(response, headers);
        if (status != NO_CONTENT) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        }
        writeSignal(RelaySignal.HTTP_FOLLOWS);
        return lastWrite(response);
    }

    /** Begins an answer of unknown length. */
    public void begin(int status, Map<String, String> headers) {
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        addHeaders(response, headers);
        response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        writeSignal(RelaySignal.HTTP_FOLLOWS);
        channel.writeAndFlush(response, channel.voidPromise());
    }

    public void piece(byte[] bytes) {
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)), channel.voidPromise());
        if (!channel.isWritable()) {
            guard.watch();
        }
    }

    public ChannelFuture end() {
        return lastWrite(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** Sends what is written, without an end. */
    public ChannelFuture cut() {
        return lastWrite(Unpooled.EMPTY_BUFFER);
    }

    private ChannelFuture lastWrite(Object message) {
        ChannelFuture written = channel.writeAndFlush(message);
        if (!written.isDone()) {
            guard.watch();
        }
        return written;
    }

    /** Past the encoder, which knows only HTTP. */
    private void writeSignal(RelaySignal signal) {
        if (signal == RelaySignal.HTTP_FOLLOWS) {
            state = signal;
        }
        channel.pipeline()
                .context(HttpResponseEncoder.class)
                .write(channel.alloc().ioBuffer(1).writeByte(signal.code()));
    }

    private static void addHeaders(HttpResponse response, Map<String, String> headers) {
        headers.forEach(response.headers()::set);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
}
