"""Tests with a service from the packaged jar, which JAVA_HOME, SERVICE_JAR and SERVICE_OPTIONS (one a line) start."""

import signal

# A shell starts background jobs with SIGINT ignored, and commands that tests start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
