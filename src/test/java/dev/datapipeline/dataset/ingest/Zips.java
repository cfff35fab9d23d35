package dev.datapipeline.dataset.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zip archives, sound and broken ones. */
public final class Zips {
    private static final int LOCAL_CHECKSUM = 14;
    private static final int LOCAL_FLAGS = 6;
    private static final int LIST_FLAGS = 8;
    private static final int LIST_CHECKSUM = 16;

    private final Map<String, byte[]> members = new LinkedHashMap<>();

    public static byte[] of(String name, String text) {
        return new Zips().with(name, text).pack();
    }

    public Zips with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public Zips with(String name, byte[] content) {
        members.put(name, content);
        return this;
    }

    public byte[] pack() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream target = new ZipOutputStream(packed)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                target.putNextEntry(new ZipEntry(member.getKey()));
                target.write(member.getValue());
                target.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    /** An archive of one member that says it is encrypted. */
    static byte[] encrypted(byte[] archive) {
        ByteBuffer bytes = littleEndian(archive);
        bytes.put(LOCAL_FLAGS, (byte) (bytes.get(LOCAL_FLAGS) | 1));
        int list = list(bytes);
        bytes.put(list + LIST_FLAGS, (byte) (bytes.get(list + LIST_FLAGS) | 1));
        return bytes.array();
    }

    /** An archive of one member with another checksum. */
    static byte[] wronglySummed(byte[] archive) {
        ByteBuffer bytes = littleEndian(archive);
        int list = list(bytes);
        bytes.putInt(list + LIST_CHECKSUM, bytes.getInt(list + LIST_CHECKSUM) + 1);
        bytes.putInt(LOCAL_CHECKSUM, bytes.getInt(list + LIST_CHECKSUM));
        return bytes.array();
    }

    /** An archive whose end says that it has so many members and that their list is so long. */
    static byte[] claiming(byte[] archive, int members, int listBytes) {
        ByteBuffer bytes = littleEndian(archive);
        int end = archive.length - 22;
        bytes.putShort(end + 10, (short) members);
        bytes.putInt(end + 12, listBytes);
        return bytes.array();
    }

    private static ByteBuffer littleEndian(byte[] archive) {
        return ByteBuffer.wrap(archive.clone()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int list(ByteBuffer archive) {
        return archive.getInt(archive.limit() - 22 + 16);
    }
}
