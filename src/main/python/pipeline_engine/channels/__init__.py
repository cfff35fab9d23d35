"""What the engine's own processes exchange: one module for each pair of processes, and the memory that they share."""
