"""Running a pipeline from the command line, for debugging: the service's end of the protocol on a small scale."""
