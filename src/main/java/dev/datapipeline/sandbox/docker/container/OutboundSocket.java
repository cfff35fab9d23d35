package dev.datapipeline.sandbox.docker.container;

import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.outbound.OutboundClients;
import dev.datapipeline.outbound.OutboundServer;
import dev.datapipeline.outbound.OutboundServers;
import dev.datapipeline.outbound.OutboundService;
import dev.datapipeline.outbound.RecordSet;
import dev.datapipeline.sandbox.docker.socket.SandboxFolder;
import dev.datapipeline.sandbox.engine.BatchInput;
import java.io.IOException;
import java.nio.file.attribute.UserPrincipal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The second socket of a sandbox, over which its scripts reach what the service reaches for them. There is none before a pipeline asks for it,
 * and none after the sandbox was aborted. Thread-safe.
 */
final class OutboundSocket implements OutboundClients {
    private static final long UNKNOWN = -1;

    private final OutboundServers servers;
    private final SandboxFolder folder;
    private final Predicate<UserPrincipal> users;
    private volatile @Nullable BatchInput batch;
    private volatile @Nullable OutboundService service;
    private @Nullable OutboundServer server;
    private boolean isAborted;

    /** @param users that processes of the sandbox can have */
    OutboundSocket(OutboundServers servers, SandboxFolder folder, Predicate<UserPrincipal> users) {
        this.servers = servers;
        this.folder = folder;
        this.users = users;
    }

    synchronized void open(OutboundAccess access) throws IOException {
        if (!isAborted) {
            service = access.service();
            server = servers.open(folder.outboundSocket(), access, this);
        }
    }

    /** The calls from now on are of this batch. */
    void begins(BatchInput input) {
        tellAttempt(input);
        batch = input;
    }

    void ended(BatchInput input) {
        batch = null;
        tellAttempt(input);
    }

    private void tellAttempt(BatchInput input) {
        OutboundService opened = service;
        if (opened != null) {
            long first = input.index(0);
            opened.attempt(first, input.index(input.records() - 1) - first + 1);
        }
    }

    @Override
    public boolean areOf(UserPrincipal user) {
        return users.test(user);
    }

    /** A script can claim what it likes, but only records of its batch. */
    @Override
    public long index(long record) {
        BatchInput input = batch;
        if (input == null || record < input.firstRecord() || record >= input.firstRecord() + input.records()) {
            return UNKNOWN;
        }
        return input.index(Math.toIntExact(record - input.firstRecord()));
    }

    @Override
    public @Nullable RecordSet batch() {
        BatchInput input = batch;
        return input == null ? null : new RecordSet(input.index(0), input.records());
    }

    /** Ends all calls at once, from any thread. */
    synchronized void abort() {
        isAborted = true;
        if (server != null) {
            server.abort();
        }
    }

    /** Returns when no call is left and the socket is gone. */
    void close() {
        abort();
        OutboundServer opened = opened();
        if (opened != null) {
            opened.close();
        }
    }

    private synchronized @Nullable OutboundServer opened() {
        return server;
    }
}
