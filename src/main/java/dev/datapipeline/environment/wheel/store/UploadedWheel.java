package dev.datapipeline.environment.wheel.store;

import dev.datapipeline.environment.wheel.WheelName;

/**
 * A wheel that a user has uploaded.
 *
 * @param sha256 in lower-case hexadecimal digits
 */
public record UploadedWheel(WheelName name, String sha256, long size) {}
