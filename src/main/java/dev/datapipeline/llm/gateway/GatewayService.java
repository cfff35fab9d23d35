package dev.datapipeline.llm.gateway;

import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.llm.call.Caller;
import dev.datapipeline.llm.call.Caller.OfBatch;
import dev.datapipeline.llm.call.Caller.OfRecord;
import dev.datapipeline.llm.call.Caller.OfSandbox;
import dev.datapipeline.llm.gateway.attempt.SharedParts;
import dev.datapipeline.llm.gateway.reply.Answers;
import dev.datapipeline.llm.gateway.reply.GatewayError;
import dev.datapipeline.llm.gateway.reply.Headers;
import dev.datapipeline.llm.request.CallTarget;
import dev.datapipeline.llm.request.RequestRefusedException;
import dev.datapipeline.llm.upstream.Upstream;
import dev.datapipeline.outbound.OutboundAnswer;
import dev.datapipeline.outbound.OutboundCall;
import dev.datapipeline.outbound.OutboundRequest;
import dev.datapipeline.outbound.OutboundService;
import dev.datapipeline.outbound.RecordSet;
import dev.datapipeline.time.Ticker;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** A server of OpenAI, as far as one sandbox can see. */
final class GatewayService implements OutboundService {
    private static final byte[] NOTHING = {};
    private static final int METHOD_NOT_ALLOWED = 405;

    private final SharedParts parts;
    private final CallScope scope;
    private final Upstream upstream;
    private final Ticker ticker;
    private final ModelLists models;
    private final OfSandbox sandbox = new OfSandbox(UUID.randomUUID());

    GatewayService(SharedParts parts, CallScope scope, Upstream upstream, Ticker ticker) {
        this.parts = parts;
        this.scope = scope;
        this.upstream = upstream;
        this.ticker = ticker;
        this.models = new ModelLists(scope, upstream);
    }

    @Override
    public void serve(OutboundCall call) {
        OutboundRequest request = call.request();
        try {
            switch (CallTarget.of(request.method(), request.target())) {
                case CallTarget.Model model -> callModel(call, model);
                case CallTarget.ModelList list -> call.answer(Answers.json(200, models.all()));
                case CallTarget.OneModel one -> call.answer(Answers.json(200, models.one(one.id())));
                case CallTarget.Options options ->
                    call.answer(new OutboundAnswer(204, Map.of("allow", options.methods()), NOTHING));
            }
        } catch (RequestRefusedException refused) {
            GatewayError error = GatewayError.of(refused);
            Map<String, String> allow = refused.status() == METHOD_NOT_ALLOWED
                    ? Map.of("allow", CallTarget.methodsAt(request.target()))
                    : Map.of();
            call.answer(Answers.error(error, error.shape().toBytes(), allow));
        }
    }

    private void callModel(OutboundCall call, CallTarget.Model target) throws RequestRefusedException {
        String type = call.request().headers().get(Headers.CONTENT_TYPE, "application/json");
        if (type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw new RequestRefusedException(415, "unsupported_content_type", "Send the body as application/json.");
        }
        new GatewayCall(parts, scope, upstream, target, call, ticker).start(caller(call.request()));
    }

    private Caller caller(OutboundRequest request) {
        if (request.record() >= 0) {
            return new OfRecord(request.record());
        }
        RecordSet batch = request.batch();
        return batch == null ? sandbox : new OfBatch(batch.first(), batch.records());
    }

    @Override
    public void attempt(long firstRecord, long records) {
        parts.ledger().attempt(scope.id(), firstRecord, records);
    }

    @Override
    public OutboundAnswer refusal(int status, String code, String message) {
        return Answers.error(GatewayError.of(status, "invalid_request_error", code, message));
    }
}
