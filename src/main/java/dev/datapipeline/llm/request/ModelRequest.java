package dev.datapipeline.llm.request;

import dev.datapipeline.llm.call.InputBound;

/**
 * What a body asks for.
 *
 * @param answers that the model makes, each within the bound
 * @param outputBound tokens of an answer at most; {@link #NO_BOUND} where the body sets none
 * @param outputField that sets it, or is there as null; empty where there is none
 * @param serviceTier empty where it names none
 * @param digest the same for bodies that ask for the same
 */
public record ModelRequest(
        String model,
        boolean isStream,
        StreamUsage streamUsage,
        long answers,
        long outputBound,
        String outputField,
        String serviceTier,
        InputBound input,
        Places places,
        byte[] digest) {
    public static final long NO_BOUND = -1;

    /** Whether the script asks for the usage at the end of a stream. */
    public enum StreamUsage {
        ASKED,
        DECLINED,
        NOT_SAID
    }

    /**
     * Offsets in the body where something may have to be put in; -1 where there is no such place.
     *
     * @param object after the brace that opens the body
     * @param streamOptions after the brace that opens them
     * @param isStreamOptionsEmpty so that no comma may follow
     * @param streamOptionsNull where they are null
     * @param outputNull where the bound of the output is null
     */
    record Places(int object, int streamOptions, boolean isStreamOptionsEmpty, int streamOptionsNull, int outputNull) {}
}
