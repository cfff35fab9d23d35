package dev.datapipeline.environment.install;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the members of a zip file so strictly that no two readers could see different ones: one central directory at the end of the file, as
 * many entries as it says, local headers with the same names, and no bytes that belong to two members.
 */
final class ZipDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int MAX_COMMENT = 0xffff;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int HEADER_SIGNATURE = 0x04034b50;
    private static final int HEADER_LENGTH = 30;
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final int ENCRYPTED = 1;
    private static final int UNIX_MODE_SHIFT = 16;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final long UNSIGNED = 0xffff_ffffL;

    private final FileChannel file;
    private final String wheel;

    ZipDirectory(FileChannel file, String wheel) {
        this.file = file;
        this.wheel = wheel;
    }

    /** A member and where its packed bytes begin. */
    record Located(ZipMember member, long data) {}

    private record End(int position, int entries, long size, long offset) {}

    /** In the order of the file. */
    List<Located> read(int maxMembers) throws IOException, InstallRefusedException {
        End end = end();
        if (end.entries > maxMembers || end.size > MAX_BYTES) {
            throw new InstallRefusedException(
                    InstallRefusedException.Reason.MALFORMED,
                    wheel + " has more than " + maxMembers + " files, or names that are too long.");
        }
        ByteBuffer directory = bytes(end.offset, (int) end.size);
        List<ZipMember> members = new ArrayList<>(end.entries);
        for (int entry = 0; entry < end.entries; entry++) {
            members.add(entry(directory));
        }
        if (directory.hasRemaining()) {
            throw refused("has more files than its directory says");
        }
        members.sort(Comparator.comparingLong(ZipMember::header));
        return located(members, end.offset);
    }

    /** The end record, which must be the last thing in the file. */
    private End end() throws IOException, InstallRefusedException {
        int length = (int) Math.min(file.size(), END_LENGTH + MAX_COMMENT);
        ByteBuffer tail = bytes(file.size() - length, length);
        for (int at = length - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE && at + END_LENGTH + unsigned(tail.getShort(at + 20)) == length) {
                End end = new End(
                        at,
                        unsigned(tail.getShort(at + 10)),
                        tail.getInt(at + 12) & UNSIGNED,
                        tail.getInt(at + 16) & UNSIGNED);
                boolean isWhole = tail.getInt(at + 4) == 0 && unsigned(tail.getShort(at + 8)) == end.entries;
                if (!isWhole || end.offset + end.size != file.size() - length + at) {
                    throw refused("is a zip file of an unusual kind, or damaged");
                }
                return end;
            }
        }
        throw refused("is not a zip file");
    }

    private ZipMember entry(ByteBuffer directory) throws InstallRefusedException {
        if (directory.remaining() < ENTRY_LENGTH || directory.getInt(directory.position()) != ENTRY_SIGNATURE) {
            throw refused("has a damaged directory");
        }
        int at = directory.position();
        int nameLength = unsigned(directory.getShort(at + 28));
        int length = ENTRY_LENGTH
                + nameLength
                + unsigned(directory.getShort(at + 30))
                + unsigned(directory.getShort(at + 32));
        if (length > directory.remaining()) {
            throw refused("has a damaged directory");
        }
        ZipMember member = new ZipMember(
                text(directory.slice(at + ENTRY_LENGTH, nameLength)),
                directory.getInt(at + 38) >>> UNIX_MODE_SHIFT,
                unsigned(directory.getShort(at + 10)),
                directory.getInt(at + 16) & UNSIGNED,
                directory.getInt(at + 20) & UNSIGNED,
                directory.getInt(at + 24) & UNSIGNED,
                directory.getInt(at + 42) & UNSIGNED);
        check(member, unsigned(directory.getShort(at + 8)));
        directory.position(at + length);
        return member;
    }

    private void check(ZipMember member, int flags) throws InstallRefusedException {
        String name = InstallRefusedException.shown(member.name());
        if ((flags & ENCRYPTED) != 0) {
            throw refused("has an encrypted member, " + name);
        }
        if (member.method() != STORED && member.method() != DEFLATED) {
            throw refused("has a member that is packed in an unknown way, " + name);
        }
        if (member.packed() == UNSIGNED || member.size() == UNSIGNED || member.header() == UNSIGNED) {
            throw refused("has a member of 4 GB or more, " + name);
        }
        if (member.method() == STORED && member.packed() != member.size()) {
            throw refused("has a member with two sizes, " + name);
        }
    }

    /** Checks each local header, and that no member reaches into the next one. */
    private List<Located> located(List<ZipMember> members, long end) throws IOException, InstallRefusedException {
        List<Located> located = new ArrayList<>(members.size());
        long free = 0;
        for (ZipMember member : members) {
            if (member.header() < free || member.header() + HEADER_LENGTH > end) {
                throw refused("has members that overlap, such as " + InstallRefusedException.shown(member.name()));
            }
            long data = data(member);
            free = data + member.packed();
            if (free > end) {
                throw refused("has members that overlap, such as " + InstallRefusedException.shown(member.name()));
            }
            located.add(new Located(member, data));
        }
        return located;
    }

    private long data(ZipMember member) throws IOException, InstallRefusedException {
        byte[] name = member.name().getBytes(StandardCharsets.UTF_8);
        ByteBuffer header = bytes(member.header(), HEADER_LENGTH + name.length);
        boolean isSame = header.getInt(0) == HEADER_SIGNATURE
                && unsigned(header.getShort(26)) == name.length
                && header.slice(HEADER_LENGTH, name.length).equals(ByteBuffer.wrap(name));
        if (!isSame) {
            throw refused("has a member with two names, " + InstallRefusedException.shown(member.name()));
        }
        return member.header() + HEADER_LENGTH + name.length + unsigned(header.getShort(28));
    }

    private ByteBuffer bytes(long position, int length) throws IOException, InstallRefusedException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        try {
            readFully(bytes, position);
        } catch (EOFException truncated) {
            throw refused("is cut off");
        }
        return bytes.flip();
    }

    private void readFully(ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
    }

    private String text(ByteBuffer name) throws InstallRefusedException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(name).toString();
        } catch (CharacterCodingException malformed) {
            throw refused("has a member whose name is not UTF-8");
        }
    }

    private static int unsigned(short value) {
        return value & 0xffff;
    }

    private InstallRefusedException refused(String what) {
        return InstallRefusedException.malformed(wheel, what);
    }
}
