package dev.datapipeline.outbound.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends a connection whose client has stopped to read, so that it does not hold its memory and its upstream for ever. */
final class StallGuard {
    private final Channel channel;
    private final Duration timeout;
    private boolean isWatching;

    StallGuard(Channel channel, Duration timeout) {
        this.channel = channel;
        this.timeout = timeout;
    }

    /** Something waits to be taken by the client. */
    void watch() {
        if (!isWatching) {
            isWatching = true;
            checkAfter(untaken());
        }
    }

    private void checkAfter(long untaken) {
        channel.eventLoop().schedule(() -> check(untaken), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check(long untakenBefore) {
        long untaken = untaken();
        if (untaken == 0) {
            isWatching = false;
        } else if (untaken == untakenBefore) {
            channel.close();
        } else {
            checkAfter(untaken);
        }
    }

    private long untaken() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }
}
