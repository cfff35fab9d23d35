"""Records from JSON and values to JSON, exactly."""
