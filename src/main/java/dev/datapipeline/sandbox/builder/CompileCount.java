package dev.datapipeline.sandbox.builder;

/** Modules that have byte code, and modules that cannot be compiled. Together fewer than ordered where the time was not enough. */
public record CompileCount(int compiled, int failed) {}
