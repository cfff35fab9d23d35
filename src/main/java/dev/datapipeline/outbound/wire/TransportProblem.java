package dev.datapipeline.outbound.wire;

/**
 * Why a request is refused by its transport.
 *
 * @param code a word for programs
 */
public record TransportProblem(int status, String code, String message) {}
