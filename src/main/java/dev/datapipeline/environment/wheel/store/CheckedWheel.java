package dev.datapipeline.environment.wheel.store;

import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.file.IncomingWheel;

/** An upload whose bytes are here and were checked, with the hash of them. */
record CheckedWheel(IncomingWheel file, String sha256, WheelName name) {}
