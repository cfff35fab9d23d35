package dev.datapipeline.environment.install;

import dev.datapipeline.digest.Sha256;
import dev.datapipeline.environment.lock.LockedPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes wheels byte by byte, so that they can be as wrong as a test likes. */
public final class WheelFile {
    private static final int FIXED_NAME = 0x0800;

    /** A member; what the headers say of it can differ from what it is. */
    private static final class Member {
        private String name = "";
        private String localName = "";
        private byte[] content = new byte[0];
        private int mode = 0100644;
        private int method = 8;
        private int flags = FIXED_NAME;
        private long size;
        private int offset;
        private byte[] packed = new byte[0];
    }

    private final String name;
    private final String version;
    private final List<Member> members = new ArrayList<>();
    private final StringBuilder record = new StringBuilder();
    private int entries = -1;
    private String recordName = "RECORD";

    private WheelFile(String name, String version) {
        this.name = name;
        this.version = version;
    }

    /** A wheel with its metadata, and nothing else yet. */
    public static WheelFile of(String name, String version, String... requires) {
        StringBuilder metadata =
                new StringBuilder("Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
        for (String requirement : requires) {
            metadata.append("Requires-Dist: ").append(requirement).append('\n');
        }
        return new WheelFile(name, version)
                .with(name + "-" + version + ".dist-info/METADATA", metadata.toString())
                .with(
                        name + "-" + version + ".dist-info/WHEEL",
                        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    }

    public WheelFile with(String member, String content) {
        return with(member, content.getBytes(StandardCharsets.UTF_8));
    }

    public WheelFile with(String member, byte[] content) {
        Member added = new Member();
        added.name = member;
        added.localName = member;
        added.content = content;
        added.size = content.length;
        members.add(added);
        record.append(quoted(member))
                .append(",sha256=")
                .append(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Sha256.newDigest().digest(content)))
                .append(',')
                .append(content.length)
                .append('\n');
        return this;
    }

    /** The last member has this mode of Unix, with the kind of file. */
    WheelFile mode(int mode) {
        last().mode = mode;
        return this;
    }

    /** The last member says that it has this size. */
    WheelFile sayingSize(long size) {
        last().size = size;
        return this;
    }

    /** The last member has another name in its local header. */
    WheelFile localName(String other) {
        last().localName = other;
        return this;
    }

    WheelFile encrypted() {
        last().flags |= 1;
        return this;
    }

    WheelFile method(int method) {
        last().method = method;
        return this;
    }

    /** RECORD says another digest of what was added last. */
    WheelFile lyingInRecord() {
        int line = record.lastIndexOf("sha256=");
        record.setCharAt(line + 7, record.charAt(line + 7) == 'A' ? 'B' : 'A');
        return this;
    }

    WheelFile withoutRecord() {
        recordName = "";
        return this;
    }

    /** The directory says that there are so many members. */
    WheelFile sayingMembers(int count) {
        entries = count;
        return this;
    }

    /** The last member's header says that its bytes begin where those of the first member do. */
    byte[] overlapping() {
        byte[] bytes = bytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int directory = buffer.getInt(bytes.length - 6);
        buffer.putInt(directory + 42 + skip(buffer, directory), 0);
        return bytes;
    }

    private static int skip(ByteBuffer buffer, int at) {
        return 46 + buffer.getShort(at + 28);
    }

    public String filename() {
        return name + "-" + version + "-py3-none-any.whl";
    }

    public byte[] bytes() {
        List<Member> all = new ArrayList<>(members);
        if (!recordName.isEmpty()) {
            all.add(recordMember());
        }
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        for (Member member : all) {
            member.offset = zip.size();
            member.packed = member.method == 8 ? deflated(member.content) : member.content;
            zip.writeBytes(local(member));
            zip.writeBytes(member.packed);
        }
        int directory = zip.size();
        all.forEach(member -> zip.writeBytes(central(member)));
        int count = entries < 0 ? all.size() : entries;
        zip.writeBytes(buffer(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) count)
                .putShort((short) count)
                .putInt(zip.size() - directory)
                .putInt(directory)
                .putShort((short) 0)
                .array());
        return zip.toByteArray();
    }

    /** Writes the wheel into a folder; returns what a lock says of it. */
    public LockedPackage write(Path folder) {
        return write(folder, bytes());
    }

    LockedPackage write(Path folder, byte[] bytes) {
        try {
            Files.write(folder.resolve(filename()), bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new LockedPackage(
                name.replace('_', '-').toLowerCase(java.util.Locale.ROOT),
                version,
                filename(),
                Sha256.hex(bytes),
                bytes.length,
                "default",
                null,
                List.of());
    }

    private Member recordMember() {
        Member member = new Member();
        member.name = name + "-" + version + ".dist-info/" + recordName;
        member.localName = member.name;
        member.content = (record + member.name + ",,\n").getBytes(StandardCharsets.UTF_8);
        member.size = member.content.length;
        return member;
    }

    private Member last() {
        return members.getLast();
    }

    private static byte[] local(Member member) {
        byte[] name = member.localName.getBytes(StandardCharsets.UTF_8);
        return buffer(30 + name.length)
                .putInt(0x04034b50)
                .putShort((short) 20)
                .putShort((short) member.flags)
                .putShort((short) member.method)
                .putInt(0)
                .putInt((int) crc(member.content))
                .putInt(member.packed.length)
                .putInt((int) member.size)
                .putShort((short) name.length)
                .putShort((short) 0)
                .put(name)
                .array();
    }

    private static byte[] central(Member member) {
        byte[] name = member.name.getBytes(StandardCharsets.UTF_8);
        return buffer(46 + name.length)
                .putInt(0x02014b50)
                .putShort((short) (3 << 8 | 20))
                .putShort((short) 20)
                .putShort((short) member.flags)
                .putShort((short) member.method)
                .putInt(0)
                .putInt((int) crc(member.content))
                .putInt(member.packed.length)
                .putInt((int) member.size)
                .putShort((short) name.length)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(member.mode << 16)
                .putInt(member.offset)
                .put(name)
                .array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long crc(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        while (!deflater.finished()) {
            packed.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return packed.toByteArray();
    }

    private static String quoted(String name) {
        return name.contains(",") || name.contains("\"") ? '"' + name.replace("\"", "\"\"") + '"' : name;
    }
}
