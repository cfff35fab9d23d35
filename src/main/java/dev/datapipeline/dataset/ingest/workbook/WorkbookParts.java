package dev.datapipeline.dataset.ingest.workbook;

import dev.datapipeline.dataset.ingest.archive.ZipArchive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the parts of a workbook lie in its archive. */
final class WorkbookParts {
    private static final int LONGEST_TAG = 1024 * 1024;
    private static final int MOST_SHEETS = 1_000;
    private static final String PACKAGE = "_rels/.rels";

    private final ZipArchive archive;
    private final Map<String, String> targets;
    private final Map<String, String> byKind = new HashMap<>();
    private final List<SheetPart> sheets = new ArrayList<>();
    private boolean is1904;

    /** @param part the name of its part; null for what is no table, such as a chart */
    record SheetPart(
            String name, boolean isVisible, @Nullable String part) {}

    WorkbookParts(ZipArchive archive) throws IOException {
        this.archive = archive;
        String workbook = workbookPart(archive);
        targets = relationships(relationsOf(workbook), folder(workbook));
        try (XmlCursor cursor = open(workbook, LONGEST_TAG)) {
            while (cursor.next()) {
                if (cursor.isStart("sheet")) {
                    add(cursor, workbook);
                } else if (cursor.isStart("workbookPr")) {
                    is1904 = List.of("1", "true").contains(String.valueOf(cursor.attribute("date1904")));
                }
            }
        }
    }

    /** Whether an archive is a workbook, and not just any one. */
    static boolean isWorkbook(ZipArchive archive) {
        return archive.has("[Content_Types].xml")
                && archive.names().stream().anyMatch(name -> name.endsWith("workbook.xml"));
    }

    private String workbookPart(ZipArchive workbook) throws IOException {
        if (workbook.has(PACKAGE)) {
            relationships(PACKAGE, "");
        }
        String found = byKind.getOrDefault("officeDocument", "xl/workbook.xml");
        if (!workbook.has(found)) {
            throw WorkbookProblem.invalid("its part \"xl/workbook.xml\" is missing");
        }
        return found;
    }

    private void add(XmlCursor cursor, String workbook) {
        if (sheets.size() == MOST_SHEETS) {
            throw WorkbookProblem.invalidPart(workbook, "has more than %,d sheets".formatted(MOST_SHEETS));
        }
        String name = String.valueOf(cursor.attribute("name"));
        String target = targets.get(String.valueOf(cursor.prefixedAttribute("id")));
        boolean isVisible = cursor.attribute("state") == null || "visible".equals(cursor.attribute("state"));
        sheets.add(new SheetPart(RichText.unescape(name), isVisible, target));
    }

    /** The parts that a part refers to, by the ids that it uses for them. Of others only the kind counts. */
    private Map<String, String> relationships(String part, String folder) throws IOException {
        Map<String, String> found = new HashMap<>();
        if (!archive.has(part)) {
            return found;
        }
        try (XmlCursor cursor = open(part, LONGEST_TAG)) {
            while (cursor.next()) {
                String target = cursor.isStart("Relationship") ? cursor.attribute("Target") : null;
                if (target != null && !"External".equals(cursor.attribute("TargetMode"))) {
                    String type = String.valueOf(cursor.attribute("Type"));
                    String kind = type.substring(type.lastIndexOf('/') + 1);
                    String name = resolved(folder, target);
                    byKind.putIfAbsent(kind, name);
                    if (kind.equals("worksheet")) {
                        found.put(String.valueOf(cursor.attribute("Id")), name);
                    }
                }
            }
        }
        return found;
    }

    private static String resolved(String folder, String target) {
        if (target.startsWith("/")) {
            return target.substring(1);
        }
        String rest = target;
        String base = folder;
        while (rest.startsWith("../") || rest.startsWith("./")) {
            base = rest.startsWith("../") ? folder(base.isEmpty() ? "" : base.substring(0, base.length() - 1)) : base;
            rest = rest.substring(rest.indexOf('/') + 1);
        }
        return base + rest;
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    private static String relationsOf(String part) {
        return folder(part) + "_rels/" + part.substring(part.lastIndexOf('/') + 1) + ".rels";
    }

    /** @param longest bytes of a tag or a text in it */
    XmlCursor open(String part, int longest) {
        if (!archive.has(part)) {
            throw WorkbookProblem.invalidPart(part, "is missing");
        }
        return new XmlCursor(part, archive.open(part), longest);
    }

    List<SheetPart> sheets() {
        return sheets;
    }

    boolean is1904() {
        return is1904;
    }

    SharedTexts texts(int longest) throws IOException {
        String part = byKind.get("sharedStrings");
        if (part == null) {
            return new SharedTexts("xl/sharedStrings.xml");
        }
        try (XmlCursor cursor = open(part, longest)) {
            return SharedTexts.read(part, cursor);
        }
    }

    CellFormats formats() throws IOException {
        String part = byKind.get("styles");
        if (part == null) {
            return new CellFormats();
        }
        try (XmlCursor cursor = open(part, LONGEST_TAG)) {
            return CellFormats.read(cursor, part);
        }
    }
}
