package dev.datapipeline.environment.index.project;

import java.util.List;

/**
 * The Python that packages are for, as it says itself.
 *
 * @param python its version, for example {@code 3.11.2}
 * @param tags of wheels that it can use, the best first: {@code cp311-cp311-manylinux_2_36_x86_64} to {@code py3-none-any}
 * @param defaultIndex address of the Simple API that its pip has by default
 */
public record PythonTarget(String python, List<String> tags, String defaultIndex) {
    public PythonTarget {
        tags = List.copyOf(tags);
    }
}
