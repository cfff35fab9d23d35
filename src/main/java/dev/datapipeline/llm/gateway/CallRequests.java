package dev.datapipeline.llm.gateway;

import dev.datapipeline.llm.call.CallRequest;
import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.llm.call.Caller;
import dev.datapipeline.llm.call.Endpoint;
import dev.datapipeline.llm.gateway.attempt.SentBody;
import dev.datapipeline.llm.request.CallTarget;
import dev.datapipeline.llm.request.Fingerprint;
import dev.datapipeline.llm.request.ModelRequest;
import dev.datapipeline.outbound.OutboundRequest;
import java.time.Duration;

/** Tells the ledger of a call. */
final class CallRequests {
    private static final long UNBOUNDED = -1;

    private CallRequests() {}

    /** @param addedBound of an answer, for requests that have none; 0 for none */
    static CallRequest of(
            CallScope scope,
            CallTarget.Model target,
            ModelRequest request,
            OutboundRequest sent,
            Caller caller,
            long addedBound,
            Duration longestWait) {
        Endpoint endpoint = target.endpoint();
        long bound = request.outputBound() == ModelRequest.NO_BOUND ? addedBound : request.outputBound();
        return new CallRequest(
                scope,
                caller,
                sent.stage(),
                endpoint,
                request.model(),
                Fingerprint.of(scope.sharing(), target, bound, request.digest()),
                sent.body().length,
                request.input(),
                outputTokens(endpoint, request, bound),
                request.serviceTier(),
                request.isStream(),
                longestWait);
    }

    private static long outputTokens(Endpoint endpoint, ModelRequest request, long bound) {
        if (!SentBody.hasOutput(endpoint)) {
            return 0;
        }
        boolean isUnbounded = request.outputBound() == ModelRequest.NO_BOUND && bound == 0;
        return isUnbounded ? UNBOUNDED : Math.multiplyExact(request.answers(), bound);
    }
}
