package dev.datapipeline.sandbox.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The options with which the file system of a folder is mounted, from /proc/self/mountinfo of Linux. */
public final class MountOptions {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final int ROOT = 3;
    private static final int PLACE = 4;
    private static final int OPTIONS = 5;

    private MountOptions() {}

    /** None where they are not known. */
    public static Set<String> of(Path folder) {
        try {
            return of(folder.toRealPath(), Files.readAllLines(MOUNTS));
        } catch (IOException unknown) {
            return Set.of();
        }
    }

    /** @param mounts lines as in proc(5); of two mounts at one place the later one counts */
    static Set<String> of(Path folder, List<String> mounts) {
        Set<String> options = Set.of();
        int longest = -1;
        for (String mount : mounts) {
            String[] fields = mount.split(" ");
            Path place = Path.of(unescaped(fields[PLACE]));
            if (folder.startsWith(place) && place.getNameCount() >= longest) {
                longest = place.getNameCount();
                options = Set.of(fields[OPTIONS].split(","));
            }
        }
        return options;
    }

    /** Whether systemd shows a folder of its own to this process here, and the real one to others (PrivateTmp). */
    static boolean isPrivate(Path folder) {
        try {
            return isPrivate(folder.toRealPath(), Files.readAllLines(MOUNTS));
        } catch (IOException unknown) {
            return false;
        }
    }

    static boolean isPrivate(Path folder, List<String> mounts) {
        return mounts.stream()
                .map(mount -> mount.split(" "))
                .anyMatch(fields -> folder.startsWith(Path.of(unescaped(fields[PLACE])))
                        && fields[ROOT].contains("/systemd-private-"));
    }

    private static String unescaped(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
