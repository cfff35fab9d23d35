package dev.datapipeline.sandbox.engine;

/** Why a sandbox could not do its work, none of it the fault of a record. */
public enum SandboxFailure {
    /** The Docker engine does not answer or refuses. */
    DOCKER,
    /** The Docker engine has no disk space left. */
    NO_SPACE,
    /** The sandbox image cannot be had. */
    IMAGE,
    /** A sandbox is not held in as it was asked for; the Docker engine has to be mended. */
    ISOLATION,
    /** The engine ended or never connected. */
    ENGINE_DIED,
    /** The engine (or a script that took its place) broke the protocol. */
    PROTOCOL_VIOLATION,
    /** The sandbox was released while on loan. */
    CLOSED
}
