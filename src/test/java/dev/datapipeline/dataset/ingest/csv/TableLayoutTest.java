package dev.datapipeline.dataset.ingest.csv;

import static dev.datapipeline.dataset.ingest.format.DatasetFormat.CSV;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.Reading;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FilePart;
import dev.datapipeline.dataset.ingest.format.FormatClaim;
import dev.datapipeline.dataset.ingest.format.Separator;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableLayoutTest {
    private static Reading read(String upload) {
        Reading reading = Reading.of(upload, CSV);
        assertNull(reading.problem(), reading::toString);
        return reading;
    }

    private static UploadHints separated(String separator) {
        return new UploadHints(List.of(), Separator.parse(separator), null, FilePart.ANY);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void separatorIsFoundInTheContent(String separator) {
        Reading reading = read("id,name,n\n1,Ann,x\n2,Bo,y\n".replace(",", separator));

        assertEquals(separator, reading.separator());
        assertEquals(
                List.of("{\"id\":\"1\",\"name\":\"Ann\",\"n\":\"x\"}", "{\"id\":\"2\",\"name\":\"Bo\",\"n\":\"y\"}"),
                reading.texts());
        assertEquals(separator.equals(",") ? 0 : 1, reading.notes().size(), reading::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "`id,text\n1,a;b;c\n2,d;e;f\n` @ ,",
                "`id,tags;more\n1,a;b\n2,d;e\n3,f\n4,g;h\n` @ ,",
                "`id,path|name,x\n1,p|n,2\n3,q|m,4\n` @ ,",
                "`name;price\na;1,5\nb;2,5\n` @ ;",
                "`Länge, cm;Breite, cm\n1,5;2,5\n3,1;4,2\n` @ ;",
                "`\"a, b\";\"c, d\"\n\"1;2\";3\n` @ ;",
                "`date;amount,EUR;note\n1;1,50;x\n2;2,50;y\n` @ ;",
                "`a;b;c\n1;2;3\n4;5\n` @ ;",
                "`a|b\n\"x|y\"|\"two\nlines, of|text\"\n` @ |",
                "`a;b` @ ;",
                "`text\nHello; world\nfoo | bar\n` @ ,",
                "`a;b;c\none\ntwo\n` @ ,",
                "`id,text\n1,\"a;b\nc;d\ne;f\"\n2,\";\"\n` @ ,"
            })
    void separatorIsNotMistaken(String upload, String separator) {
        assertEquals(
                separator,
                TableLayout.of(upload.getBytes(java.nio.charset.StandardCharsets.UTF_8), UploadHints.none())
                        .separator()
                        .text());
    }

    @Test
    void decimalCommasStayText() {
        assertEquals(
                List.of("{\"a\":\"1,50\",\"b\":\"-2,5\"}"),
                read("a;b\n1,50;-2,5\n").texts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sep=;\na;b\n1;2\n",
                "sep=;\r\na;b\r\n1;2\r\n",
                "\uFEFF\"sep=;\"\na;b\n1;2\n",
                "SEP=;\ra;b\r1;2\r",
                "sep=;\n\na;b\n1;2"
            })
    void firstLineMayNameTheSeparator(String upload) {
        Reading reading = read(upload);

        assertEquals(List.of("{\"a\":\"1\",\"b\":\"2\"}"), reading.texts());
        assertEquals(";", reading.separator());
    }

    @Test
    void onlyColumnMayHaveTheNameOfASeparatorLine() {
        assertEquals(
                List.of("{\"sep=;\":\"1\"}", "{\"sep=;\":\"2;3\"}"),
                read("\"sep=;\"\n1\n\"2;3\"\n").texts());
    }

    @Test
    void firstLineMayNameASeparatorThatNobodyWouldGuess() {
        assertEquals(
                List.of("{\"a\":\"1\",\"b\":\"2,3\"}"),
                read("sep=^\na^b\n1^2,3\n").texts());
    }

    @Test
    void separatorOfTheClientWins() {
        Reading reading = Reading.hinted("a;b,c\n1;2,3\n", separated(","));

        assertEquals(List.of("{\"a;b\":\"1;2\",\"c\":\"3\"}"), reading.texts());
        assertEquals(
                List.of("{\"a;b\":\"1;2\"}"),
                Reading.hinted("a;b\n1;2\n", separated("tab")).texts());
        assertEquals(
                List.of("{\"a\":\"1\"}"),
                Reading.hinted("sep=;\na\n1\n", separated(",")).texts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "\n", ";;", "1", "é", "\\", "semi"})
    void whatCannotSeparateIsRejected(String text) {
        assertEquals(
                ProblemType.INVALID_PARAMETER,
                assertThrows(ProblemException.class, () -> Separator.parse(text))
                        .type());
    }

    @Test
    void contentWinsOverTheNameOfTheFile() {
        UploadHints tabbed =
                UploadHints.of(FormatClaim.ofFileName("data.TSV.gz").orElseThrow());

        assertEquals("\t", Reading.hinted("a\tb\n1\t2\n", tabbed).separator());
        assertEquals(",", Reading.hinted("a,b\n1,2\n", tabbed).separator());
        assertEquals("\t", Reading.hinted("a\nx,y\n", tabbed).separator());
        assertEquals(List.of(), Reading.hinted("a\tb\n1\t2\n", tabbed).notes());
    }

    @Test
    void recognisesATableWithoutAClaim() {
        Reading table = Reading.of("id,name\n1,Ann\n", null);
        Reading calledJson = Reading.of("id\tname\n1\tAnn\n", DatasetFormat.JSON);

        assertEquals(List.of("{\"id\":\"1\",\"name\":\"Ann\"}"), table.texts());
        assertEquals(List.of(), table.notes());
        assertEquals(CSV, calledJson.format());
        assertEquals(2, calledJson.notes().size(), calledJson::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb\n", "a,b\n1\n", "# a, b\n[{},{}]\n", "a, b\n{\"a\": 1, \"b\": 2}", "a,\u0001\n1,2\n", "a,b"
            })
    void otherTextIsNoTableUnlessItIsSaidToBe(String upload) {
        assertEquals(ProblemType.INVALID_JSON, Reading.of(upload, null).problem(), upload);
    }

    @Test
    void tableMayBeginWithABracket() {
        assertEquals(
                List.of("{\"[id]\":\"1\",\"{x}\":\"2\"}"),
                read("[id],{x}\n1,2\n").texts());
        assertEquals(List.of("{\"{x}\":\"2\"}"), read("{x}\n2\n").texts());
    }

    @Test
    void detectsCarriageReturnLineEnds() {
        assertEquals(
                List.of("{\"a\":\"1\",\"b\":\"x\\ny\"}", "{\"a\":\"2\",\"b\":\"\"}"),
                read("a,b\r1,\"x\ny\"\r2,\r").texts());
        assertEquals(ProblemType.INVALID_CSV, Reading.of("a,b\n1,x\ry\n", CSV).problem());
        assertTrue(read("a\r1\r").notes().getFirst().contains("carriage returns alone"));
        assertFalse(TableLayout.of("a\r\n1\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), UploadHints.none())
                .carriageReturns());
    }
}
