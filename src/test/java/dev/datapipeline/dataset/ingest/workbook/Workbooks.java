package dev.datapipeline.dataset.ingest.workbook;

import dev.datapipeline.dataset.ingest.Zips;
import java.util.ArrayList;
import java.util.List;

/** Workbooks written part by part, so that a test can have them as wrong as it likes. */
public final class Workbooks {
    private static final String MAIN = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String RELATIONSHIPS =
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";

    private final List<String> sheets = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private String properties = "";
    private String texts = "";
    private String styles = "";

    /** A workbook of one sheet with these rows. */
    public static byte[] of(String rows) {
        return new Workbooks().sheet("Data", rows).pack();
    }

    public Workbooks sheet(String name, String rows) {
        return sheetXml(name, "", "<worksheet %s><sheetData>%s</sheetData></worksheet>".formatted(MAIN, rows));
    }

    public Workbooks hiddenSheet(String name, String rows) {
        return sheetXml(
                name, " state=\"hidden\"", "<worksheet %s><sheetData>%s</sheetData></worksheet>".formatted(MAIN, rows));
    }

    public Workbooks sheetXml(String name, String attributes, String xml) {
        int id = sheets.size() + 1;
        names.add("<sheet name=\"%s\" sheetId=\"%d\" r:id=\"rId%d\"%s/>".formatted(name, id, id, attributes));
        sheets.add(xml);
        return this;
    }

    public Workbooks texts(String items) {
        texts = "<sst %s>%s</sst>".formatted(MAIN, items);
        return this;
    }

    /** @param formats elements xf, one for each style */
    public Workbooks styles(String numberFormats, String formats) {
        styles = "<styleSheet %s><numFmts>%s</numFmts><cellXfs>%s</cellXfs></styleSheet>"
                .formatted(MAIN, numberFormats, formats);
        return this;
    }

    public Workbooks from1904() {
        properties = "<workbookPr date1904=\"1\"/>";
        return this;
    }

    public byte[] pack() {
        Zips archive = new Zips();
        archive.with("[Content_Types].xml", "<Types/>");
        archive.with(
                "_rels/.rels",
                "%s<Relationship Id=\"rId1\" Type=\"%s/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                        .formatted(RELATIONSHIPS, OFFICE));
        archive.with(
                "xl/workbook.xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook %s xmlns:r=\"%s\">%s<sheets>%s</sheets></workbook>"
                        .formatted(MAIN, OFFICE, properties, String.join("", names)));
        StringBuilder parts = new StringBuilder(RELATIONSHIPS);
        for (int index = 0; index < sheets.size(); index++) {
            String part = "worksheets/sheet%d.xml".formatted(index + 1);
            parts.append(relationship("rId" + (index + 1), "worksheet", part));
            archive.with("xl/" + part, sheets.get(index));
        }
        if (!texts.isEmpty()) {
            parts.append(relationship("rIdT", "sharedStrings", "/xl/sharedStrings.xml"));
            archive.with("xl/sharedStrings.xml", texts);
        }
        if (!styles.isEmpty()) {
            parts.append(relationship("rIdS", "styles", "styles.xml"));
            archive.with("xl/styles.xml", styles);
        }
        archive.with(
                "xl/_rels/workbook.xml.rels", parts.append("</Relationships>").toString());
        return archive.pack();
    }

    private static String relationship(String id, String kind, String target) {
        return "<Relationship Id=\"%s\" Type=\"%s/%s\" Target=\"%s\"/>".formatted(id, OFFICE, kind, target);
    }
}
