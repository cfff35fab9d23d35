package dev.datapipeline.environment.service;

import java.io.IOException;
import java.io.Serial;

/** The disk has no room for another environment. */
public final class NoRoomException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param message for people */
    NoRoomException(String message) {
        super(message);
    }
}
