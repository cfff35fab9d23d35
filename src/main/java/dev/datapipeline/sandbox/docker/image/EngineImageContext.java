package dev.datapipeline.sandbox.docker.image;

import io.quarkus.runtime.util.ClassPathUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** What the sandbox image is built from: the Dockerfile and the engine, both resources of this service. */
public record EngineImageContext(SortedMap<String, byte[]> byPath) {
    private static final String DOCKERFILE = "sandbox/Dockerfile";
    private static final String ENGINE = "engine";
    private static final String MAIN_FILE = ENGINE + "/__main__.py";

    /** Reads them from the class path, be it a folder or a jar. */
    public static EngineImageContext ofThisService() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("Dockerfile", read(DOCKERFILE));
        ClassPathUtils.consumeAsPath(resource(MAIN_FILE), mainFile -> {
            Path folder = mainFile.resolveSibling("");
            try (Stream<Path> found = Files.walk(folder)) {
                found.filter(Files::isRegularFile)
                        .forEach(file -> files.put(
                                ENGINE + "/"
                                        + folder.relativize(file).toString().replace('\\', '/'),
                                read(file)));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        return new EngineImageContext(files);
    }

    /** A tar with nothing in it that changes from one time to the next. */
    byte[] tar() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : byPath.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    public static byte[] read(String resource) {
        return ClassPathUtils.processAsPath(resource(resource), EngineImageContext::read);
    }

    private static URL resource(String name) {
        URL url = Thread.currentThread().getContextClassLoader().getResource(name);
        if (url == null) {
            throw new IllegalStateException("the service was built without its resource " + name);
        }
        return url;
    }

    private static byte[] read(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
