package dev.datapipeline.dataset.ingest.archive;

import dev.datapipeline.dataset.ingest.format.FormatClaim;
import dev.datapipeline.dataset.ingest.format.VisibleText;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the member of an archive that is the dataset. */
public final class MemberChoice {
    private static final List<String> LEFT_BY_SYSTEMS = List.of("Thumbs.db", "desktop.ini");

    private MemberChoice() {}

    /**
     * The member that was asked for; else the only one, or the only one with the name of a dataset.
     *
     * @throws ProblemException when there is none, or several
     */
    public static String choose(List<String> names, @Nullable String wanted) {
        List<String> files =
                names.stream().filter(name -> !isLeftBySystem(name)).toList();
        if (wanted != null) {
            return named(names, files, wanted);
        }
        if (files.isEmpty()) {
            throw ArchiveProblem.choose(
                    ProblemType.EMPTY_DATASET, "There is no file in the zip archive. Put one into it.", List.of());
        }
        List<String> datasets = files.stream()
                .filter(name -> FormatClaim.ofFileName(name).isPresent())
                .toList();
        List<String> candidates = datasets.isEmpty() ? files : datasets;
        if (candidates.size() > 1) {
            throw ArchiveProblem.choose(
                    ProblemType.SEVERAL_MEMBERS,
                    "The zip archive has several files, and a dataset is one of them: %s. Name it with the parameter \"member\"."
                            .formatted(VisibleText.list(candidates)),
                    candidates);
        }
        return candidates.getFirst();
    }

    private static String named(List<String> names, List<String> files, String wanted) {
        if (!names.contains(wanted)) {
            throw ArchiveProblem.choose(
                    ProblemType.UNKNOWN_MEMBER,
                    "There is no member \"%s\" in the zip archive, which has %s."
                            .formatted(VisibleText.of(wanted), files.isEmpty() ? "no files" : VisibleText.list(files)),
                    files);
        }
        return wanted;
    }

    /** What systems add to archives without being asked: names that begin with a dot, folders of macOS, previews of Windows. */
    private static boolean isLeftBySystem(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.startsWith(".") || path.startsWith("__MACOSX/") || LEFT_BY_SYSTEMS.contains(name);
    }
}
