package dev.datapipeline.llm.gateway;

import dev.datapipeline.llm.answer.AnswerReader;
import dev.datapipeline.llm.call.CallLedger;
import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.llm.gateway.attempt.SharedParts;
import dev.datapipeline.llm.gateway.attempt.UpstreamHabits;
import dev.datapipeline.llm.request.RequestScanner;
import dev.datapipeline.llm.upstream.Upstream;
import dev.datapipeline.llm.upstream.Upstreams;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.outbound.WaitingTime;
import dev.datapipeline.time.Ticker;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes the services behind the sockets of sandboxes that may call models. */
@Singleton
public final class Gateway implements ModelGateway, AutoCloseable {
    private static final int READERS = 2;

    private final Upstreams upstreams;
    private final Ticker ticker;
    private final ExecutorService readers;
    private final SharedParts parts;

    public Gateway(Upstreams upstreams, CallLedger ledger, MemoryBudget memory, Ticker ticker) {
        this.upstreams = upstreams;
        this.ticker = ticker;
        this.readers = Executors.newFixedThreadPool(
                READERS, Thread.ofPlatform().daemon().name("model-bodies-", 0).factory());
        this.parts = new SharedParts(
                ledger, new RequestScanner(), new AnswerReader(), new UpstreamHabits(), memory, readers);
    }

    @Override
    public Optional<OutboundAccess> access(CallScope scope) {
        return upstreams.find(scope.upstream()).map(upstream -> access(scope, upstream));
    }

    private OutboundAccess access(CallScope scope, Upstream upstream) {
        CallScope granted = scope.granting(upstream.config().grants().orElse(Set.of()));
        return new OutboundAccess(
                ScriptEnvironment.of(scope, upstream),
                new GatewayService(parts, granted, upstream, ticker),
                new WaitingTime(ticker));
    }

    @Override
    @PreDestroy
    public void close() {
        readers.shutdownNow();
    }
}
