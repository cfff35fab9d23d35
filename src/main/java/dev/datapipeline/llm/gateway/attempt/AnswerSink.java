package dev.datapipeline.llm.gateway.attempt;

import dev.datapipeline.upstream.UpstreamFailure;

/** Takes the body of an upstream's answer and concludes the try, once. */
interface AnswerSink {
    void bytes(byte[] piece);

    void end();

    /** @param reason masked */
    void broken(UpstreamFailure failure, String reason);

    /** The client is gone and the upstream has been reset: the books are all that is left to do. */
    void clientGone();
}
