package dev.datapipeline.problem;

/**
 * @param pointer where, as a JSON Pointer (RFC 6901)
 * @param message what, and what to do about it
 */
public record FieldError(String pointer, String message) {}
