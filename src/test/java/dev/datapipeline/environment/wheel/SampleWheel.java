package dev.datapipeline.environment.wheel;

import dev.datapipeline.digest.Sha256;
import dev.datapipeline.environment.wheel.store.WantedWheel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small wheel for tests. */
public record SampleWheel(String filename, byte[] bytes) {
    /** A wheel of pure Python with one module. */
    public static SampleWheel of(String name, String version, String... requirements) {
        return tagged(name, version, "py3-none-any", requirements);
    }

    public static SampleWheel tagged(String name, String version, String tags, String... requirements) {
        String info = name + "-" + version + ".dist-info/";
        StringBuilder metadata =
                new StringBuilder("Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
        for (String requirement : requirements) {
            metadata.append("Requires-Dist: ").append(requirement).append('\n');
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put(name + ".py", "VERSION = '" + version + "'\n");
        files.put(info + "METADATA", metadata + "\nA package.\n");
        files.put(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: " + tags + "\n");
        files.put(info + "RECORD", name + ".py,,\n");
        return new SampleWheel(name + "-" + version + "-" + tags + ".whl", zip(files));
    }

    public static byte[] zip(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    public String sha256() {
        return Sha256.hex(bytes);
    }

    public WheelName name() {
        return WheelName.of(filename).orElseThrow();
    }

    /** As a lock names it that got it from this index. */
    public WantedWheel wanted(String index) {
        return new WantedWheel(sha256(), filename, index, bytes.length);
    }
}
