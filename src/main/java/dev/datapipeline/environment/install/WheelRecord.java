package dev.datapipeline.environment.install;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file RECORD of a wheel: lines of name, digest and size (PEP 376). Its names are only compared, never used as paths. */
final class WheelRecord {
    private static final String ALGORITHM = "sha256=";
    private static final int DIGEST = 32;

    private record Line(@Nullable String sha256, String size) {}

    private final Map<String, Line> lines;

    private WheelRecord(Map<String, Line> lines) {
        this.lines = lines;
    }

    /** @param members of the wheel; what the file says of others is not kept */
    static WheelRecord parse(byte[] bytes, Set<String> members) {
        Map<String, Line> lines = new HashMap<>();
        new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> add(line, members, lines));
        return new WheelRecord(lines);
    }

    private static void add(String line, Set<String> members, Map<String, Line> lines) {
        int end = line.startsWith("\"") ? line.lastIndexOf('"') + 1 : line.indexOf(',');
        if (end <= 0) {
            if (members.contains(line)) {
                lines.put(line, new Line(null, ""));
            }
            return;
        }
        String name = line.substring(0, end);
        if (name.length() > 1 && name.startsWith("\"")) {
            name = name.substring(1, name.length() - 1).replace("\"\"", "\"");
        }
        if (!members.contains(name)) {
            return;
        }
        String[] fields = line.substring(end).split(",", -1);
        String digest = fields.length > 1 ? fields[1] : "";
        lines.put(
                name, new Line(digest.startsWith(ALGORITHM) ? hex(digest) : null, fields.length > 2 ? fields[2] : ""));
    }

    private static String hex(String digest) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(digest.substring(ALGORITHM.length()));
            return bytes.length == DIGEST ? HexFormat.of().formatHex(bytes) : "";
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    /** What the file says of a member that it contradicts. */
    Optional<String> contradiction(String member, long size, String sha256) {
        Line line = lines.get(member);
        if (line == null) {
            return Optional.empty();
        }
        if (line.sha256 != null && !line.sha256.equals(sha256)) {
            return Optional.of("another digest");
        }
        return line.size.isEmpty() || line.size.equals(Long.toString(size))
                ? Optional.empty()
                : Optional.of("another size");
    }

    /** Members that the file does not name with a digest. */
    long unlisted(Set<String> members) {
        return members.stream()
                .filter(member -> isWithoutDigest(lines.get(member)))
                .count();
    }

    private static boolean isWithoutDigest(@Nullable Line line) {
        return line == null || line.sha256 == null;
    }
}
