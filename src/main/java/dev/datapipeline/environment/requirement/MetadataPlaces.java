package dev.datapipeline.environment.requirement;

/** Finds where the values of a script's metadata stand in the script, since the TOML parser does not say it. */
final class MetadataPlaces {
    private final ScriptBlock block;
    private int line;
    private int column;

    MetadataPlaces(ScriptBlock block) {
        this.block = block;
    }

    /**
     * A value of the metadata.
     *
     * @param line in the script, from 1
     * @param column of its first character, from 1
     */
    record Text(String value, int line, int column) {}

    /** The first place of a key, from where values are searched then. */
    Text key(String name) {
        line = 0;
        column = 0;
        return find(name, 0);
    }

    /** The next place where a text stands in quotes; the begin of the block for one that is written with escapes. */
    Text nextText(String value) {
        return find(value, 1);
    }

    private Text find(String value, int quotes) {
        for (int index = line; index < block.content().size(); index++) {
            String text = block.content().get(index);
            int from = index == line ? column : 0;
            int at = quotes == 0 ? text.indexOf(value, from) : indexOfQuoted(text, value, from);
            if (at >= 0) {
                line = index;
                column = at + value.length();
                int shown = text.codePointCount(0, at) + 1 + ScriptBlock.COLUMNS_BEFORE;
                return new Text(value, block.firstLine() + index, shown);
            }
        }
        return new Text(value, block.firstLine(), 1 + ScriptBlock.COLUMNS_BEFORE);
    }

    private static int indexOfQuoted(String text, String value, int from) {
        int one = text.indexOf('"' + value + '"', from);
        int other = text.indexOf("'" + value + "'", from);
        if (one < 0 && other < 0) {
            return -1;
        }
        return 1 + (one < 0 || other >= 0 && other < one ? other : one);
    }
}
