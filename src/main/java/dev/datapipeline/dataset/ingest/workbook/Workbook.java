package dev.datapipeline.dataset.ingest.workbook;

import dev.datapipeline.dataset.ingest.archive.ZipArchive;
import dev.datapipeline.dataset.ingest.format.VisibleText;
import dev.datapipeline.dataset.ingest.workbook.WorkbookParts.SheetPart;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A workbook of which one sheet is read. */
public final class Workbook {
    private final WorkbookParts parts;
    private final SheetPart sheet;
    private final CellFormats formats;
    private final SharedTexts texts;
    private final int longest;

    /**
     * @param wanted the name of a sheet; null for the first one that is not hidden
     * @param longest bytes of a tag or text
     */
    public Workbook(ZipArchive archive, @Nullable String wanted, int longest) throws IOException {
        this.parts = new WorkbookParts(archive);
        this.longest = longest;
        this.sheet = choose(wanted);
        this.formats = parts.formats();
        this.texts = parts.texts(longest);
    }

    /** Whether an archive is a workbook, and not just any one. */
    public static boolean isWorkbook(ZipArchive archive) {
        return WorkbookParts.isWorkbook(archive);
    }

    private SheetPart choose(@Nullable String wanted) {
        List<SheetPart> tables =
                parts.sheets().stream().filter(table -> table.part() != null).toList();
        if (tables.isEmpty()) {
            throw WorkbookProblem.invalid("it has no sheet with cells");
        }
        if (wanted == null) {
            return tables.stream().filter(SheetPart::isVisible).findFirst().orElse(tables.getFirst());
        }
        return tables.stream()
                .filter(table -> table.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> unknown(wanted, tables));
    }

    private static ProblemException unknown(String wanted, List<SheetPart> tables) {
        List<String> names = tables.stream().map(SheetPart::name).toList();
        return new ProblemException(
                ProblemType.UNKNOWN_SHEET,
                "There is no sheet \"%s\" in the workbook, which has %s."
                        .formatted(VisibleText.of(wanted), VisibleText.list(names)),
                names.stream().map(name -> new FieldError("", name)).toList());
    }

    XmlCursor openSheet() {
        return parts.open(sheetPart(), longest);
    }

    String sheetPart() {
        return String.valueOf(sheet.part());
    }

    String sheetName() {
        return sheet.name();
    }

    /** Those with cells, in their order. */
    List<String> sheetNames() {
        return parts.sheets().stream()
                .filter(table -> table.part() != null)
                .map(SheetPart::name)
                .toList();
    }

    CellFormats formats() {
        return formats;
    }

    SharedTexts texts() {
        return texts;
    }

    boolean is1904() {
        return parts.is1904();
    }
}
