package dev.datapipeline.llm.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.digest.Sha256;
import dev.datapipeline.llm.call.Caller;
import dev.datapipeline.llm.call.Caller.OfBatch;
import dev.datapipeline.llm.call.Caller.OfRecord;
import dev.datapipeline.llm.call.Caller.OfSandbox;
import java.nio.ByteBuffer;

/** Names an answer: SHA-256 of what it is the answer to. */
record AnswerKey(ByteBuffer digest) {
    static final int BYTES = 32;

    /** @param use how many times this caller and stage has asked exactly this, from 0 */
    static AnswerKey ofRun(Caller caller, int stage, String fingerprint, int use) {
        return of("run " + name(caller) + " " + stage + " " + use + " " + fingerprint);
    }

    /** All sandboxes of a run load the same scripts, so they share what was asked meanwhile. */
    private static String name(Caller caller) {
        return switch (caller) {
            case OfRecord(long index) -> Long.toString(index);
            case OfBatch(long firstRecord, long records) -> firstRecord + "+" + records;
            case OfSandbox any -> "load";
        };
    }

    static AnswerKey ofAll(String fingerprint, int use) {
        return of("all " + use + " " + fingerprint);
    }

    private static AnswerKey of(String text) {
        byte[] digest = Sha256.newDigest().digest(text.getBytes(UTF_8));
        return new AnswerKey(ByteBuffer.wrap(digest).asReadOnlyBuffer());
    }

    long high() {
        return digest.getLong(0);
    }

    long low() {
        return digest.getLong(Long.BYTES);
    }
}
