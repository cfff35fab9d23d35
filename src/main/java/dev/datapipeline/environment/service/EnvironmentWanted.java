package dev.datapipeline.environment.service;

/** Fired after somebody has asked for an environment that may have to be built. */
public record EnvironmentWanted() {}
