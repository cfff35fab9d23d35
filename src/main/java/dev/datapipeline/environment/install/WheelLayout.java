package dev.datapipeline.environment.install;

import dev.datapipeline.environment.install.ZipDirectory.Located;
import dev.datapipeline.environment.lock.LockedPackage;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where the members of one wheel go (PEP 427). A layout that exists has only names that are safe. */
final class WheelLayout {
    private static final String INFO = ".dist-info";
    private static final Set<String> LIBRARIES = Set.of("purelib", "platlib");
    private static final Set<String> LEFT_OUT = Set.of("scripts", "headers", "data");
    private static final Set<String> RUN_AT_START = Set.of("sitecustomize", "usercustomize");
    private static final Set<String> ENGINE = Set.of("pipeline_engine", "datapipeline");
    private static final String BYTE_CODE = "__pycache__";

    private final String wheel;
    private final String info;
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final Map<String, Integer> neverRun = new TreeMap<>();

    private WheelLayout(String wheel, String info) {
        this.wheel = wheel;
        this.info = info;
    }

    static WheelLayout of(LockedPackage locked, List<Located> members) throws InstallRefusedException {
        String wheel = locked.filename();
        Set<String> names = new HashSet<>();
        Set<String> infos = new HashSet<>();
        for (Located located : members) {
            ZipMember member = located.member();
            check(wheel, member);
            if (!names.add(member.name())) {
                throw InstallRefusedException.malformed(
                        wheel, "has two members of one name, " + InstallRefusedException.shown(member.name()));
            }
            top(member.name()).filter(top -> top.endsWith(INFO)).ifPresent(infos::add);
        }
        if (infos.size() != 1) {
            throw InstallRefusedException.malformed(
                    wheel, "has " + infos.size() + " folders *.dist-info instead of one");
        }
        String info = infos.iterator().next();
        if (!normalised(info.substring(0, Math.max(0, info.indexOf('-')))).equals(locked.name())) {
            throw InstallRefusedException.malformed(
                    wheel, "is another package inside, " + InstallRefusedException.shown(info));
        }
        return new WheelLayout(wheel, info);
    }

    private static void check(String wheel, ZipMember member) throws InstallRefusedException {
        Optional<String> problem = MemberName.problem(member.name());
        if (problem.isPresent()) {
            throw InstallRefusedException.malformed(wheel, problem.get());
        }
        if (!member.isOrdinary()) {
            throw InstallRefusedException.malformed(
                    wheel, "has a link or a device, " + InstallRefusedException.shown(member.name()));
        }
        if (member.isFolder() && member.size() > 0) {
            throw InstallRefusedException.malformed(
                    wheel, "has a folder with contents, " + InstallRefusedException.shown(member.name()));
        }
    }

    /** The member with the digests of all others. */
    String record() {
        return info + "/RECORD";
    }

    /** Whether a member is not listed in RECORD: itself and its signatures. */
    boolean isUnrecorded(String member) {
        return member.equals(record()) || member.equals(record() + ".jws") || member.equals(record() + ".p7s");
    }

    /** The path in the environment; empty for what is left out. */
    Optional<String> destination(String member) throws InstallRefusedException {
        String path = member;
        String data = info.substring(0, info.length() - INFO.length()) + ".data";
        if (member.startsWith(data + "/")) {
            String kind = member.substring(data.length() + 1).split("/", 2)[0];
            if (LEFT_OUT.contains(kind)) {
                leftOut.merge(kind, 1, Integer::sum);
                return Optional.empty();
            }
            path = member.substring(Math.min(member.length(), data.length() + kind.length() + 2));
            if (!LIBRARIES.contains(kind) || path.isEmpty()) {
                throw InstallRefusedException.malformed(
                        wheel, "has data of an unknown kind, " + InstallRefusedException.shown(member));
            }
        }
        return isWritten(path) ? Optional.of(path) : Optional.empty();
    }

    private boolean isWritten(String path) throws InstallRefusedException {
        String module = MemberName.module(path);
        if (ENGINE.contains(module)) {
            throw InstallRefusedException.malformed(
                    wheel, "takes the name of a module of the engine, " + InstallRefusedException.shown(path));
        }
        boolean isAtTop = path.indexOf('/') < 0;
        if (RUN_AT_START.contains(module)
                || isAtTop && path.toLowerCase(Locale.ROOT).endsWith(".pth")) {
            neverRun.merge(InstallRefusedException.shown(path), 1, Integer::sum);
            return false;
        }
        return !("/" + path).contains("/" + BYTE_CODE + "/");
    }

    /** What was left out so far and is of no use in a sandbox, for the log. */
    List<String> notes() {
        return leftOut.entrySet().stream()
                .map(each -> wheel + ": " + each.getValue() + " files of the kind " + each.getKey() + " are left out")
                .toList();
    }

    /** Files left out so far that Python would run by itself. */
    List<String> warnings() {
        return neverRun.keySet().stream()
                .map(path -> wheel + " has a file that Python would run at every start, " + path + ": it is left out")
                .toList();
    }

    private static Optional<String> top(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(name.substring(0, slash));
    }

    private static String normalised(String name) {
        return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
    }
}
