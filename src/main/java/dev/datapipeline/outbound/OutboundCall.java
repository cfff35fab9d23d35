package dev.datapipeline.outbound;

import dev.datapipeline.outbound.wire.AnswerWriter;
import dev.datapipeline.outbound.wire.RelaySignal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request and the way to answer it, once. All methods are for the event loop of the connection, on which all callbacks come too; after the
 * client is gone they do nothing.
 */
public final class OutboundCall {
    private final Channel channel;
    private final OutboundRequest request;
    private final AnswerWriter writer;
    private final WaitingTime waiting;
    private boolean isWaiting;
    private boolean hasBegun;
    private boolean isOver;
    private @Nullable Runnable onGone;
    private @Nullable Runnable onWritable;

    OutboundCall(Channel channel, OutboundRequest request, AnswerWriter writer, WaitingTime waiting) {
        this.channel = channel;
        this.request = request;
        this.writer = writer;
        this.waiting = waiting;
    }

    public OutboundRequest request() {
        return request;
    }

    /** The event loop of the connection. */
    public EventLoop loop() {
        return channel.eventLoop();
    }

    /** Runs a task on the event loop, later. */
    public void after(Duration delay, Runnable task) {
        channel.eventLoop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The call waits for something that is not the script's fault: the record's clock stops. */
    public void waits() {
        if (!isOver) {
            writer.signal(RelaySignal.WAITS);
            if (!isWaiting) {
                isWaiting = true;
                waiting.begin();
            }
        }
    }

    /** The call goes up: the record's clock runs. */
    public void wentUp() {
        if (!isOver) {
            writer.signal(RelaySignal.WENT_UP);
            waitsNoLonger();
        }
    }

    private void waitsNoLonger() {
        if (isWaiting) {
            isWaiting = false;
            waiting.end();
        }
    }

    /** Answers as a whole; where an answer has begun already, breaks that off. */
    public void answer(OutboundAnswer answer) {
        if (hasBegun) {
            cut();
        } else if (!isOver) {
            isOver = true;
            waitsNoLonger();
            writer.whole(
                            answer.status(),
                            answer.headers(),
                            answer.body(),
                            request.method().equals("HEAD"))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    /**
     * Begins an answer that comes in pieces.
     *
     * @param headers without those of framing
     */
    public void begin(int status, Map<String, String> headers) {
        if (!isOver) {
            hasBegun = true;
            waitsNoLonger();
            writer.begin(status, headers);
        }
    }

    /** Sends a piece at once; whoever goes on while {@link #isWritable} is false makes it pile up in memory. */
    public void write(byte[] piece) {
        if (!isOver && piece.length > 0) {
            writer.piece(piece);
        }
    }

    public boolean isWritable() {
        return channel.isWritable();
    }

    /** Ends the answer; the client knows that it has it all. */
    public void end() {
        if (!isOver) {
            isOver = true;
            writer.end().addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Breaks the answer off; the client knows that it has not got it all. */
    public void cut() {
        if (!isOver) {
            isOver = true;
            writer.cut().addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** @param action once, when the client goes before the answer is whole; at once when it has gone */
    public void onGone(Runnable action) {
        if (!channel.isActive()) {
            action.run();
            return;
        }
        onGone = action;
    }

    /** @param action each time that the client takes more again */
    public void onWritable(Runnable action) {
        onWritable = action;
    }

    void connectionEnded() {
        boolean isAnswered = isOver;
        isOver = true;
        waitsNoLonger();
        if (!isAnswered && onGone != null) {
            onGone.run();
        }
    }

    void writabilityChanged() {
        if (!isOver && channel.isWritable() && onWritable != null) {
            onWritable.run();
        }
    }
}
