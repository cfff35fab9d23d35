package dev.datapipeline.environment.index.page;

import java.io.IOException;

/** A page that is no page of an index, or a too large one. */
final class PageFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param message a part of a sentence about the index, such as "it lists more than 3 files" */
    PageFormatException(String message) {
        super(message);
    }
}
