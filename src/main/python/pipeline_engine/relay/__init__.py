"""The process that carries the connections of scripts out of the sandbox; see `docs/engine-protocol.md`.

It accepts on a port of 127.0.0.1 and copies bytes between each connection and a new one to a Unix socket of the
service, after a preamble that says whose call it is. It runs no user code, understands no HTTP and trusts neither side.
"""
