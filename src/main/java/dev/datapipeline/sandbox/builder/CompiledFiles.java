package dev.datapipeline.sandbox.builder;

import java.io.IOException;
import java.nio.ByteBuffer;

@FunctionalInterface
public interface CompiledFiles {
    /**
     * Takes the byte code of a module, at most once for each.
     *
     * @param file place in the order
     * @param code the contents of a .pyc file, for the time of the call
     */
    void accept(int file, ByteBuffer code) throws IOException;
}
