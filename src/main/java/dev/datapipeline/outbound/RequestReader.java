package dev.datapipeline.outbound;

import dev.datapipeline.outbound.wire.AnswerWriter;
import dev.datapipeline.outbound.wire.BodyBuffer;
import dev.datapipeline.outbound.wire.BodyMemory;
import dev.datapipeline.outbound.wire.Origin;
import dev.datapipeline.outbound.wire.RelaySignal;
import dev.datapipeline.outbound.wire.RequestDecoder;
import dev.datapipeline.outbound.wire.RequestHead;
import dev.datapipeline.outbound.wire.TransportProblem;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the one request of a connection within all bounds, and has it served or refused. What comes after it is thrown away. */
final class RequestReader extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Logger.getLogger(RequestReader.class);

    private static final Duration MEMORY_RETRY = Duration.ofMillis(20);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofMillis(250);
    private static final long MOST_DRAINED = 64L * 1024 * 1024;
    private static final long MOST_SURPLUS = 64L * 1024;

    private enum Phase {
        HEAD,
        BODY,
        /** The request is whole and with the service. */
        SERVED,
        /** The request is refused; the client may not have sent all of it, and reads the answer only when it has. */
        DRAINED
    }

    private final OutboundConfig config;
    private final OutboundAccess access;
    private final OutboundClients clients;
    private final BodyMemory memory;
    private final Deque<ByteBuf> unstored = new ArrayDeque<>();

    private Phase phase = Phase.HEAD;
    private Origin origin = new Origin(Origin.UNKNOWN, Origin.UNKNOWN);
    private boolean isComplete;
    private long thrownAway;
    private @Nullable HttpRequest head;
    private @Nullable BodyBuffer body;
    private @Nullable AnswerWriter writer;
    private @Nullable OutboundCall call;
    private @Nullable Future<?> deadline;

    RequestReader(OutboundConfig config, OutboundAccess access, OutboundClients clients, BodyMemory memory) {
        this.config = config;
        this.access = access;
        this.clients = clients;
        this.memory = memory;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        deadline = schedule(context, config.headTimeout(), context::close);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case Origin told -> origin = told;
            case ByteBuf bytes -> throwAway(context, bytes);
            default -> readHttp(context, message);
        }
    }

    private void readHttp(ChannelHandlerContext context, Object message) {
        if (phase == Phase.HEAD && message instanceof HttpRequest request) {
            begin(context, request);
        } else if (phase == Phase.BODY && message instanceof HttpContent content) {
            take(context, content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        stopClock();
        ReferenceCountUtil.release(request);
        writer = new AnswerWriter(context.channel(), config.stallTimeout());
        RequestHead stated = new RequestHead(request);
        long maxBody = config.maxBody().asLongValue();
        Optional<TransportProblem> problem = stated.problem(maxBody);
        if (problem.isPresent()) {
            refuse(context, problem.get());
            return;
        }
        head = request;
        body = new BodyBuffer(memory, stated.length() == RequestHead.CHUNKED ? maxBody : stated.length());
        phase = Phase.BODY;
        deadline = schedule(context, config.bodyTimeout(), () -> refuse(context, late(context)));
        if (stated.isContinueExpected()) {
            writer.signal(RelaySignal.CONTINUE);
        }
    }

    private void take(ChannelHandlerContext context, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            refuse(context, RequestHead.unreadable(content.decoderResult().cause()));
            return;
        }
        unstored.add(content.content());
        isComplete = content instanceof LastHttpContent;
        store(context);
    }

    private void store(ChannelHandlerContext context) {
        if (phase != Phase.BODY || body == null) {
            return;
        }
        for (ByteBuf piece = unstored.peek(); piece != null; piece = unstored.peek()) {
            if (!body.hasRoomFor(piece.readableBytes())) {
                refuse(context, RequestHead.tooLarge(config.maxBody().asLongValue()));
                return;
            }
            if (!body.tryAdd(piece)) {
                waitForMemory(context);
                return;
            }
            unstored.remove().release();
        }
        if (isComplete) {
            serve(context, body.toBytes());
        }
    }

    /** Nothing more is read meanwhile, and the deadline of the body goes on. */
    private void waitForMemory(ChannelHandlerContext context) {
        if (context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(false);
            schedule(context, MEMORY_RETRY, () -> retry(context));
        }
    }

    private void retry(ChannelHandlerContext context) {
        if (phase == Phase.BODY) {
            context.channel().config().setAutoRead(true);
            store(context);
        }
    }

    private void serve(ChannelHandlerContext context, byte[] bytes) {
        stopClock();
        phase = Phase.SERVED;
        if (head == null || writer == null) {
            return;
        }
        OutboundRequest request = new OutboundRequest(
                clients.index(origin.record()),
                clients.batch(),
                origin.stage(),
                head.method().name(),
                head.uri(),
                head.headers(),
                bytes);
        OutboundCall begun = new OutboundCall(context.channel(), request, writer, access.waiting());
        call = begun;
        context.pipeline().remove(RequestDecoder.class);
        try {
            access.service().serve(begun);
        } catch (RuntimeException failure) {
            LOG.error("A call out of a sandbox failed", failure);
            begun.answer(access.service().refusal(500, "internal_error", "The service failed; its log says why."));
        }
    }

    private void refuse(ChannelHandlerContext context, TransportProblem problem) {
        stopClock();
        phase = Phase.DRAINED;
        release();
        context.channel().config().setAutoRead(true);
        if (writer != null) {
            OutboundAnswer answer = access.service().refusal(problem.status(), problem.code(), problem.message());
            writer.whole(answer.status(), answer.headers(), answer.body(), false);
        }
        schedule(context, LONGEST_DRAIN, context::close);
        closeWhenQuiet(context, thrownAway);
        context.pipeline().remove(RequestDecoder.class);
    }

    /** Not before: bytes that nobody has read when a connection is closed can take the answer away from the client. */
    private void closeWhenQuiet(ChannelHandlerContext context, long before) {
        schedule(context, QUIET, () -> {
            if (thrownAway == before) {
                context.close();
            } else {
                closeWhenQuiet(context, thrownAway);
            }
        });
    }

    private void throwAway(ChannelHandlerContext context, ByteBuf bytes) {
        thrownAway += bytes.readableBytes();
        bytes.release();
        if (thrownAway > (phase == Phase.DRAINED ? MOST_DRAINED : MOST_SURPLUS)) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopClock();
        phase = Phase.DRAINED;
        if (call != null) {
            call.connectionEnded();
        }
        release();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (call != null) {
            call.writabilityChanged();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        LOG.debug("A connection out of a sandbox broke", failure);
        context.close();
    }

    private void release() {
        unstored.forEach(ByteBuf::release);
        unstored.clear();
        body = null;
        memory.close();
    }

    private void stopClock() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private static Future<?> schedule(ChannelHandlerContext context, Duration after, Runnable task) {
        return context.executor().schedule(task, after.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static TransportProblem late(ChannelHandlerContext context) {
        if (!context.channel().config().isAutoRead()) {
            return new TransportProblem(
                    503, "memory_unavailable", "Other requests hold the memory that this one needs.");
        }
        return new TransportProblem(408, "request_timeout", "The body of the request did not arrive in time.");
    }
}
