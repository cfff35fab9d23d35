package dev.datapipeline.sandbox.docker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineImageContextTest {
    @Test
    void engineIsFoundInAFolder() {
        EngineImageContext files = EngineImageContext.ofThisService();

        assertTrue(files.byPath().containsKey("Dockerfile"));
        assertTrue(files.byPath().containsKey("engine/__main__.py"));
    }

    @Test
    void engineIsFoundInAJar(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("service.jar");
        Map<String, String> content = Map.of(
                "sandbox/Dockerfile", "FROM x", "engine/__main__.py", "1", "engine/part/a.py", "2", "other.py", "3");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> file : content.entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                out.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }

        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            thread.setContextClassLoader(loader);
            EngineImageContext files = EngineImageContext.ofThisService();
            assertEquals(
                    Set.of("Dockerfile", "engine/__main__.py", "engine/part/a.py"),
                    files.byPath().keySet());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void sameFilesMakeTheSameTar() {
        assertArrayEquals(
                EngineImageContext.ofThisService().tar(),
                EngineImageContext.ofThisService().tar());
    }
}
