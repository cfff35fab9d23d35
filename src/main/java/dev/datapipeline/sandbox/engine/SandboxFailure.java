package dev.datapipeline.sandbox.engine;

/** Why a sandbox failed. None of these is the fault of a record. */
public enum SandboxFailure {
    /** The Docker engine does not answer or refuses. */
    DOCKER,
    /** The Docker engine has no disk space left. */
    NO_SPACE,
    /** The sandbox image is missing and cannot be built. */
    IMAGE,
    /** Docker does not isolate a sandbox as requested; an operator has to fix the Docker engine. */
    ISOLATION,
    /** The engine ended or never connected. */
    ENGINE_DIED,
    /** The engine (or a script that took its place) broke the protocol. */
    PROTOCOL_VIOLATION,
    /** The sandbox was released or aborted while it was leased. */
    CLOSED
}
