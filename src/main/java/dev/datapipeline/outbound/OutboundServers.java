package dev.datapipeline.outbound;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.outbound.wire.BodyMemory;
import dev.datapipeline.outbound.wire.ConnectionLimit;
import dev.datapipeline.outbound.wire.PeerCheck;
import dev.datapipeline.outbound.wire.PreambleDecoder;
import dev.datapipeline.outbound.wire.RequestDecoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens servers for sandboxes; all of them share a few threads, which start with the first. */
@Singleton
public final class OutboundServers implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int BACKLOG = 1024;
    private static final int PART_OF_MEMORY = 2;
    private static final Duration QUIET_PERIOD = Duration.ZERO;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final OutboundConfig config;
    private final MemoryBudget memory;
    private final MemoryBudget memoryOfAll;
    private @Nullable EventLoopGroup loops;

    public OutboundServers(OutboundConfig config, MemoryBudget memory) {
        this.config = config;
        this.memory = memory;
        this.memoryOfAll = new MemoryBudget(
                Math.max(memory.capacity() / PART_OF_MEMORY, config.maxBody().asLongValue()), Duration.ZERO);
    }

    /**
     * Listens on a Unix socket. Blocks shortly: not for the threads of connections.
     *
     * @param socket does not exist yet
     */
    public OutboundServer open(Path socket, OutboundAccess access, OutboundClients clients) throws IOException {
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        MemoryBudget memoryOfSandbox = new MemoryBudget(2 * config.maxBody().asLongValue(), Duration.ZERO);
        List<MemoryBudget> budgets = List.of(memoryOfSandbox, memoryOfAll, memory);
        PeerCheck peers = new PeerCheck(clients::areOf);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops())
                .channel(NioServerDomainSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                // One at a time, so that not a whole backlog is accepted before the limit is looked at.
                .option(ChannelOption.RCVBUF_ALLOCATOR, new ServerChannelRecvByteBufAllocator())
                .handler(new ConnectionLimit(config.connections()))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connections.add(connection);
                        connection
                                .pipeline()
                                .addLast(new PreambleDecoder(peers), new RequestDecoder(), new HttpResponseEncoder())
                                .addLast(new RequestReader(config, access, clients, new BodyMemory(budgets)));
                    }
                })
                .bind(UnixDomainSocketAddress.of(socket))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("Cannot listen on " + socket, bound.cause());
        }
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        return new OutboundServer(bound.channel(), connections);
    }

    private synchronized EventLoopGroup loops() {
        if (loops == null) {
            loops = new NioEventLoopGroup(THREADS, new DefaultThreadFactory("outbound", true));
        }
        return loops;
    }

    @Override
    @PreDestroy
    public synchronized void close() {
        if (loops == null) {
            return;
        }
        loops.shutdownGracefully(QUIET_PERIOD.toMillis(), LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }
}
