package dev.datapipeline.llm.call;

/**
 * An upper bound of a request's input tokens that holds for every tokenizer: a token of text is at least one byte.
 *
 * @param tokens bound of everything but images
 * @param images embedded as {@code data:} URLs; each costs at most what the price table says of the model
 * @param isBounded false where the request names content whose size nobody can tell (audio, files, stored conversations)
 */
public record InputBound(long tokens, int images, boolean isBounded) {}
