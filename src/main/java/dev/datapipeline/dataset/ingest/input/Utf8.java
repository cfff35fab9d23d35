package dev.datapipeline.dataset.ingest.input;

/** Well-formed UTF-8 by table 3-7 of the Unicode Standard: no overlong form, no surrogate, nothing past U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    /** Bytes of the character at {@code at}, of which the first is 0x80 or more; 0 when it is malformed. Reads up to three bytes more. */
    static int length(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        if (first < 0xE0) {
            return isContinuation(second) ? 2 : 0;
        }
        if (!isSecond(first, second) || !isContinuation(bytes[at + 2])) {
            return 0;
        }
        if (first < 0xF0) {
            return 3;
        }
        return isContinuation(bytes[at + 3]) ? 4 : 0;
    }

    private static boolean isContinuation(int value) {
        return (value & 0xC0) == 0x80;
    }

    private static boolean isSecond(int first, int second) {
        return switch (first) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> isContinuation(second);
        };
    }
}
