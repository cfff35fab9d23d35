package dev.datapipeline.environment.wheel;

/**
 * A wheel that a user has uploaded.
 *
 * @param sha256 in lower-case hexadecimal digits
 */
public record UploadedWheel(WheelName name, String sha256, long size) {}
