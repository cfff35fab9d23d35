package dev.datapipeline.environment.lock;

/** Writes a lock in the formats that installers of Python packages read. */
final class LockExport {
    private static final String NOTE = "Locked by Data Pipeline Framework for Python ";
    private static final int LAST_PRINTABLE = 0x7e;

    private LockExport() {}

    static String pylock(Lock lock) {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(heading(lock)).append('\n');
        text.append("lock-version = \"1.0\"\n");
        text.append("created-by = \"data-pipeline-framework\"\n");
        text.append("requires-python = ")
                .append(quoted("==" + lock.minorVersion() + ".*"))
                .append('\n');
        for (LockedPackage each : lock.packages()) {
            text.append("\n[[packages]]\n");
            text.append("name = ").append(quoted(each.name())).append('\n');
            text.append("version = ").append(quoted(each.version())).append('\n');
            text.append("wheels = [{").append(wheel(each)).append("}]\n");
        }
        return text.toString();
    }

    private static String wheel(LockedPackage each) {
        String url = each.url();
        String place = url == null ? "path = " + quoted("wheels/" + each.filename()) : "url = " + quoted(url);
        return "name = " + quoted(each.filename()) + ", " + place + ", size = " + each.size() + ", hashes = {sha256 = "
                + quoted(each.sha256()) + "}";
    }

    static String requirements(Lock lock) {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(heading(lock)).append('\n');
        for (LockedPackage each : lock.packages()) {
            text.append(each.name()).append("==").append(each.version());
            text.append(" \\\n    --hash=sha256:").append(each.sha256()).append('\n');
        }
        return text.toString();
    }

    private static String heading(Lock lock) {
        return NOTE + lock.minorVersion() + " on " + printable(lock.platform());
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    /** A basic string of TOML. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (character < ' ' || character > LAST_PRINTABLE) {
                quoted.append("\\u%04X".formatted(character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
