package dev.datapipeline.environment.install;

/**
 * A member of a zip file, as its central directory describes it.
 *
 * @param mode of Unix, with the kind of file; 0 where the writer did not say
 * @param method 0 stored, 8 deflated
 * @param crc of the unpacked bytes
 * @param packed bytes in the zip file
 * @param size unpacked bytes
 * @param header where its local header begins
 */
record ZipMember(String name, int mode, int method, long crc, long packed, long size, long header) {
    private static final int KIND = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;
    private static final int EXECUTE = 0111;

    boolean isFolder() {
        return name.endsWith("/");
    }

    /** Neither a link nor a device. */
    boolean isOrdinary() {
        int kind = mode & KIND;
        return kind == 0 || kind == (isFolder() ? FOLDER : REGULAR);
    }

    boolean isExecutable() {
        return (mode & EXECUTE) != 0;
    }
}
