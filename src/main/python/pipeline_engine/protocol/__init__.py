"""What the engine and the service exchange, as `docs/engine-protocol.md` describes it. Knows no other package."""
