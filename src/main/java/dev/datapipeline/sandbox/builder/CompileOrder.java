package dev.datapipeline.sandbox.builder;

import java.time.Duration;
import java.util.List;

/**
 * @param folder name of the folder of the environments with the modules
 * @param target name of the folder in which they will be imported, which tracebacks show
 * @param files paths of the modules in the folder
 * @param timeout in whole seconds
 */
public record CompileOrder(String folder, String target, List<String> files, Duration timeout) {
    public CompileOrder {
        files = List.copyOf(files);
    }
}
