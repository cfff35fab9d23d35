package dev.datapipeline.dataset.ingest.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.dataset.ingest.Reading;
import dev.datapipeline.dataset.ingest.StoredUpload;
import dev.datapipeline.dataset.ingest.Zips;
import dev.datapipeline.dataset.ingest.format.DatasetField;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FilePart;
import dev.datapipeline.dataset.ingest.format.JsonType;
import dev.datapipeline.dataset.ingest.format.SheetChoice;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkbookUploadTest {
    private static final String HEADER = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c></row>";

    @TempDir
    Path folder;

    private StoredUpload store(byte[] workbook) {
        return StoredUpload.of(folder, workbook);
    }

    private StoredUpload storeRows(String rows) {
        return store(Workbooks.of(HEADER + rows));
    }

    private static String row(int number, String cells) {
        return "<row r=\"%d\">%s</row>".formatted(number, cells);
    }

    private static String text(String address, String text) {
        return "<c r=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(address, text);
    }

    private ProblemException assertRefused(String said, byte[] workbook) {
        return StoredUpload.assertRefused(folder, ProblemType.INVALID_WORKBOOK, said, workbook);
    }

    @Test
    void firstRowNamesTheColumnsAndEveryOtherIsARecord() {
        StoredUpload stored = store(Workbooks.of(row(3, text("B3", "name") + text("C3", "größe"))
                + row(4, text("B4", "Ada \"L\"") + "<c r=\"C4\"><v>1.50</v></c>")
                + row(6, "<c r=\"C6\" t=\"b\"><v>1</v></c>")));

        assertEquals(
                List.of("{\"name\":\"Ada \\\"L\\\"\",\"größe\":1.50}", "{\"name\":null,\"größe\":true}"),
                stored.records());
        assertEquals(DatasetFormat.EXCEL, stored.summary().format());
        assertEquals(
                List.of(
                        new DatasetField("name", List.of(JsonType.STRING, JsonType.NULL), 2),
                        new DatasetField("größe", List.of(JsonType.NUMBER, JsonType.BOOLEAN), 2)),
                stored.summary().fields());
    }

    @Test
    void sharedTextsAreJoinedFromTheirRuns() {
        byte[] workbook = new Workbooks()
                .texts(
                        "<si><t>a</t></si><si><r><t>x </t></r><r><t>&amp; y</t></r><rPh><t>no</t></rPh></si><si><t>1_x000D_2_x005F_x0041_</t></si>")
                .sheet(
                        "Data",
                        row(1, "<c r=\"A1\" t=\"s\"><v>0</v></c>")
                                + row(2, "<c r=\"A2\" t=\"s\"><v>1</v></c>")
                                + row(3, "<c r=\"A3\" t=\"s\"><v>2</v></c>"))
                .pack();

        assertEquals(
                List.of("{\"a\":\"x & y\"}", "{\"a\":\"1\\r2_x0041_\"}"),
                store(workbook).records());
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "-0.25, -0.25",
        "1E+20, 1E+20",
        "1.1000000000000001, 1.1",
        "0.30000000000000004, 0.30000000000000004",
        "123456789012345680, 123456789012345680",
        "+5, 5",
        ".5, 0.5",
        "1.0000000000000001E-30, 1E-30"
    })
    void numbersAreTheShortestThatAreTheSameToAWorkbook(String written, String json) {
        assertEquals(
                List.of("{\"a\":" + json + "}"),
                storeRows(row(2, "<c r=\"A2\"><v>" + written + "</v></c>")).records());
    }

    @ParameterizedTest
    @CsvSource({
        "14, 45000, 2023-03-15",
        "22, 45000.5, 2023-03-15T12:00:00",
        "22, 45000, 2023-03-15T00:00:00",
        "14, 45000.5, 2023-03-15T12:00:00",
        "21, 0.75, 18:00:00",
        "47, 0.000011574074, 00:00:01",
        "14, 1, 1900-01-01",
        "14, 59, 1900-02-28",
        "14, 61, 1900-03-01",
        "200, 45000, 2023-03-15",
        "201, 45000.25, 2023-03-15T06:00:00"
    })
    void numbersThatAreShownAsDaysAreDays(String format, String number, String text) {
        assertEquals(List.of("{\"a\":\"" + text + "\"}"), styled(format, number, new Workbooks()));
    }

    @ParameterizedTest
    @CsvSource({"14, 60", "14, -1", "14, 2958466", "46, 1.5", "0, 45000", "202, 45000", "203, 45000"})
    void otherNumbersStayNumbers(String format, String number) {
        assertEquals(List.of("{\"a\":" + number + "}"), styled(format, number, new Workbooks()));
    }

    @Test
    void daysAreCountedFrom1904WhereTheWorkbookSaysSo() {
        assertEquals(List.of("{\"a\":\"1904-01-02\"}"), styled("14", "1", new Workbooks().from1904()));
    }

    private List<String> styled(String format, String number, Workbooks workbook) {
        String formats = "<numFmt numFmtId=\"200\" formatCode=\"[$-407]d\\. mmmm yyyy\"/>"
                + "<numFmt numFmtId=\"201\" formatCode=\"yyyy&quot;h&quot;-mm-dd hh:mm\"/>"
                + "<numFmt numFmtId=\"202\" formatCode=\"0.00 &quot;days&quot;\"/>"
                + "<numFmt numFmtId=\"203\" formatCode=\"[Red]#,##0\"/>";
        return store(workbook.styles(formats, "<xf numFmtId=\"0\"/><xf numFmtId=\"" + format + "\"/>")
                        .sheet("Data", HEADER + row(2, "<c r=\"A2\" s=\"1\"><v>" + number + "</v></c>"))
                        .pack())
                .records();
    }

    @Test
    void formulasHaveTheirStoredResult() {
        StoredUpload stored = storeRows(row(2, "<c r=\"A2\"><f>1+1</f><v>2</v></c>")
                + row(3, "<c r=\"A3\" t=\"str\"><f>\"x\"</f><v>x</v></c>")
                + row(4, "<c r=\"A4\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>")
                + row(5, "<c r=\"A5\"><f>NOW()</f></c>" + "<c r=\"B5\"/>")
                + row(6, "<c r=\"A6\" t=\"str\"><f>\"\"</f><v></v></c>"));

        assertEquals(List.of("{\"a\":2}", "{\"a\":\"x\"}", "{\"a\":\"#DIV/0!\"}", "{\"a\":\"\"}"), stored.records());
        assertEquals(
                List.of(
                        "Cells with an error, such as #N/A, became its text: 1.",
                        "Formulas without a stored result became null: 1. Open the workbook in a spreadsheet and save it to have them."),
                stored.summary().readAs().notes());
    }

    @Test
    void hiddenRowsAreTakenAndMergedCellsCounted() {
        String xml = "<worksheet><sheetData>" + HEADER
                + "<row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>1</v></c></row></sheetData>"
                + "<mergeCells><mergeCell ref=\"A2:B2\"/></mergeCells></worksheet>";
        StoredUpload stored = store(new Workbooks().sheetXml("Data", "", xml).pack());

        assertEquals(List.of("{\"a\":1}"), stored.records());
        assertEquals(2, stored.summary().readAs().notes().size());
    }

    @Test
    void sheetIsTheFirstVisibleOneUnlessItIsNamed() {
        byte[] workbook = new Workbooks()
                .hiddenSheet("Lists", HEADER + row(2, text("A2", "hidden")))
                .sheet("One &amp; two", HEADER + row(2, text("A2", "first")))
                .sheet("Last", HEADER + row(2, text("A2", "last")))
                .pack();

        StoredUpload first = store(workbook);
        assertEquals(List.of("{\"a\":\"first\"}"), first.records());
        assertEquals(
                new SheetChoice("One & two", List.of("Lists", "One & two", "Last")),
                first.summary().readAs().sheet());
        assertEquals(
                List.of("The sheet \"One & two\" was read; the workbook also has \"Lists\", \"Last\"."),
                first.summary().readAs().notes());
        assertEquals(List.of("{\"a\":\"last\"}"), sheet("Last", workbook).records());
        assertEquals(
                ProblemType.UNKNOWN_SHEET,
                assertThrows(ProblemException.class, () -> sheet("None", workbook))
                        .type());
    }

    private StoredUpload sheet(String name, byte[] workbook) {
        return StoredUpload.of(folder, workbook, new FilePart(null, name), Reading.LIMITS);
    }

    @Test
    void sheetWithoutRecordsIsEmpty() {
        StoredUpload.assertRefused(folder, ProblemType.EMPTY_DATASET, "no record", Workbooks.of(HEADER));
        StoredUpload.assertRefused(folder, ProblemType.EMPTY_DATASET, "no record", Workbooks.of(""));
    }

    @Test
    void columnsNeedDistinctNames() {
        assertRefused("The cell B2 of the sheet \"Data\" has a value", Workbooks.of(HEADER + row(2, text("B2", "x"))));
        StoredUpload.assertRefused(
                folder,
                ProblemType.DUPLICATE_KEY,
                "The cells A1 and C1",
                Workbooks.of(row(1, text("A1", "n") + text("C1", "n")) + row(2, text("A2", "x"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<row r=\"2\"><c r=\"XFE2\"><v>1</v></c></row>",
                "<row r=\"2\"><c r=\"AAAAAAAAA2\"><v>1</v></c></row>",
                "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row>",
                "<row r=\"2\"><c r=\"2\"><v>1</v></c></row>",
                "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
                "<row r=\"1048577\"><c><v>1</v></c></row>",
                "<row r=\"-5\"><c><v>1</v></c></row>",
                "<row r=\"2\"><c r=\"A2\"><v>one</v></c></row>",
                "<row r=\"2\"><c r=\"A2\"><v>NaN</v></c></row>",
                "<row r=\"2\"><c r=\"A2\" t=\"b\"><v>yes</v></c></row>",
                "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c></row>",
                "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>-1</v></c></row>",
                "<row r=\"2\"><c r=\"A2\" t=\"x\"><v>1</v></c></row>",
                "<row r=\"2\"><c r=\"A2\"><v>1</v></row>",
                "<row r=\"2\"><c r=\"A2\"><v>&other;</v></c></row>",
                "<!-- x --><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>",
                "<![CDATA[x]]>",
                "<?x y?>"
            })
    void whatASheetCannotHaveIsRefusedWithItsPart(String rows) {
        assertRefused("\"xl/worksheets/sheet1.xml\"", Workbooks.of(HEADER + rows));
    }

    @Test
    void entitiesAreNeverExpanded() {
        String bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>";

        assertRefused(
                "has a declaration", new Workbooks().sheetXml("Data", "", bomb).pack());
    }

    @Test
    void whatAParserWouldKeepIsBounded() {
        assertRefused("is nested too deeply", Workbooks.of(HEADER + "<x>".repeat(100_000)));
        StringBuilder names = new StringBuilder(HEADER);
        for (int name = 0; name < 10_000; name++) {
            names.append("<n").append(name).append("/>");
        }
        assertRefused("too many names", Workbooks.of(names.toString()));
        assertRefused(
                "has a tag or text of more than",
                Workbooks.of(HEADER + row(2, "<c r=\"A2\" t=\"" + "x".repeat(2_000_000) + "\"/>")));
        assertRefused(
                "has a text of more than",
                Workbooks.of(HEADER
                        + row(2, "<c r=\"A2\"><v>" + ("1".repeat(600_000) + "<x/>").repeat(2) + "</v></c>")));
    }

    @Test
    void missingPartsAreRefused() {
        assertRefused(
                "it has no sheet",
                new Zips()
                        .with("[Content_Types].xml", "<Types/>")
                        .with("xl/workbook.xml", "<workbook/>")
                        .pack());
    }

    @Test
    void longCellsAreRefusedAsRecords() {
        StoredUpload.assertRefused(
                folder,
                ProblemType.RECORD_TOO_LARGE,
                "row 2",
                Workbooks.of(row(1, text("A1", "a") + text("B1", "b"))
                        + row(2, text("A2", "x".repeat(1_000_000)) + text("B2", "y".repeat(100_000)))));
    }
}
