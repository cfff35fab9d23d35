package dev.datapipeline.outbound;

/**
 * Why a request is refused by its transport.
 *
 * @param code a word for programs
 */
record TransportProblem(int status, String code, String message) {}
