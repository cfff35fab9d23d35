package dev.datapipeline.environment.requirement;

/**
 * A script whose metadata is read.
 *
 * @param name what the user calls it
 * @param pointer of the source in the document of the client, as a JSON Pointer (RFC 6901)
 */
public record ScriptSource(String name, String source, String pointer) {}
