package dev.datapipeline.problem;

/**
 * One thing wrong in a JSON body.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901)
 * @param message what, and what to do about it
 */
public record FieldError(String pointer, String message) {}
