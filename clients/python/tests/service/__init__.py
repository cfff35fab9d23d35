"""Tests with a service from the packaged jar, which JAVA_HOME, SERVICE_JAR and SERVICE_OPTIONS (one a line) start."""
