package dev.datapipeline.dataset.ingest.workbook;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses XML that an XML parser would keep in memory: tags and texts without an end, and declarations, comments and sections, which
 * workbooks do not have. The XML has to be UTF-8.
 */
final class XmlGuard extends FilterInputStream {
    /** The declaration of XML stands at the beginning, perhaps after a byte order mark. */
    private static final int DECLARATION_AT = 4;

    private final String part;
    private final int longest;
    private long offset;
    private int sinceMarkup;
    private boolean isMarkup;

    /** @param longest bytes without the beginning of a tag */
    XmlGuard(String part, InputStream source, int longest) {
        super(source);
        this.part = part;
        this.longest = longest;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        int count = super.read(target, start, length);
        for (int index = start; index < start + count; index++) {
            check(target[index]);
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    private void check(byte value) {
        if (isMarkup && (value == '!' || (value == '?' && offset > DECLARATION_AT))) {
            throw WorkbookProblem.invalidPart(part, "has a declaration, comment or section at byte " + offset);
        }
        isMarkup = value == '<';
        sinceMarkup = isMarkup ? 0 : sinceMarkup + 1;
        if (sinceMarkup > longest) {
            throw WorkbookProblem.invalidPart(
                    part, "has a tag or text of more than %,d bytes at byte %d".formatted(longest, offset));
        }
        offset++;
    }
}
