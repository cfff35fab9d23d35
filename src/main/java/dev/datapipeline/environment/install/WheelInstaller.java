package dev.datapipeline.environment.install;

import dev.datapipeline.digest.Sha256;
import dev.datapipeline.environment.install.InstallRefusedException.Reason;
import dev.datapipeline.environment.install.ZipDirectory.Located;
import dev.datapipeline.environment.lock.LockedPackage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Unpacks wheels into a staged folder. */
public final class WheelInstaller {
    private static final int BUFFER = 64 * 1024;
    private static final int MAX_RECORD = 16 * 1024 * 1024;
    private static final int STORED = 0;

    private final StagedFiles target;
    private final InstallLimits limits;

    public WheelInstaller(StagedFiles target, InstallLimits limits) {
        this.target = target;
        this.limits = limits;
    }

    /**
     * What people should know of a wheel that was unpacked.
     *
     * @param members of the wheel
     * @param notes files that are of no use in a sandbox and are left out
     * @param warnings files that Python would have run by itself and that are left out; a RECORD that is not whole
     */
    public record Report(int members, List<String> notes, List<String> warnings) {}

    /** @param file its bytes are compared with the digest of the lock first */
    public Report install(LockedPackage locked, Path file) throws IOException, InstallRefusedException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            checkDigest(channel, locked);
            List<Located> members = new ZipDirectory(channel, locked.filename()).read(limits.entries());
            return unpack(channel, locked, members);
        }
    }

    /** How many members a wheel has, of which some may be left out. */
    public int members(LockedPackage locked, Path file) throws IOException, InstallRefusedException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new ZipDirectory(channel, locked.filename())
                    .read(limits.entries())
                    .size();
        }
    }

    private static void checkDigest(FileChannel channel, LockedPackage locked)
            throws IOException, InstallRefusedException {
        MessageDigest digest = Sha256.newDigest();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = 0; channel.read(buffer, at) >= 0; buffer.clear()) {
            at += buffer.position();
            digest.update(buffer.flip());
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(locked.sha256())) {
            throw new InstallRefusedException(
                    Reason.HASH_MISMATCH,
                    locked.filename() + " has other bytes than the lock says: its SHA-256 is not " + locked.sha256()
                            + ".");
        }
    }

    private Report unpack(FileChannel channel, LockedPackage locked, List<Located> members)
            throws IOException, InstallRefusedException {
        WheelLayout layout = WheelLayout.of(locked, members);
        WheelRecord record = record(channel, locked, layout, members);
        Set<String> recorded = new HashSet<>();
        for (Located located : members) {
            ZipMember member = located.member();
            Optional<String> path = member.isFolder() ? Optional.empty() : layout.destination(member.name());
            if (path.isPresent()) {
                write(channel, locked, located, path.get(), record);
            }
            if (!member.isFolder() && !layout.isUnrecorded(member.name())) {
                recorded.add(member.name());
            }
        }
        List<String> warnings = new ArrayList<>(layout.warnings());
        long unlisted = record.unlisted(recorded);
        if (unlisted > 0) {
            warnings.add(
                    locked.filename() + " has " + unlisted + " files that its RECORD does not name with a SHA-256");
        }
        return new Report(members.size(), layout.notes(), warnings);
    }

    private void write(FileChannel channel, LockedPackage locked, Located located, String path, WheelRecord record)
            throws IOException, InstallRefusedException {
        ZipMember member = located.member();
        String shown = InstallRefusedException.shown(member.name());
        CRC32 crc = new CRC32();
        InstalledFile written;
        try (InputStream content = new CheckedInputStream(content(channel, located), crc)) {
            written = target.write(path, locked.filename(), member.isExecutable(), content, member.size());
        } catch (ZipException | EOFException damaged) {
            throw InstallRefusedException.malformed(locked.filename(), "has a damaged member, " + shown);
        }
        Optional<String> contradiction = record.contradiction(member.name(), member.size(), written.sha256());
        if (crc.getValue() != member.crc() || contradiction.isPresent()) {
            throw new InstallRefusedException(
                    Reason.HASH_MISMATCH,
                    locked.filename() + " has a member for which "
                            + (contradiction.isPresent()
                                    ? "its RECORD says " + contradiction.get()
                                    : "it says another checksum")
                            + ", " + shown + ".");
        }
    }

    private static WheelRecord record(
            FileChannel channel, LockedPackage locked, WheelLayout layout, List<Located> members)
            throws IOException, InstallRefusedException {
        Optional<Located> found = members.stream()
                .filter(located -> located.member().name().equals(layout.record()))
                .findFirst();
        if (found.isEmpty() || found.get().member().size() > MAX_RECORD) {
            throw InstallRefusedException.malformed(
                    locked.filename(), found.isEmpty() ? "has no RECORD" : "has a RECORD that is too long");
        }
        try (InputStream content = content(channel, found.get())) {
            Set<String> names =
                    members.stream().map(located -> located.member().name()).collect(Collectors.toSet());
            return WheelRecord.parse(content.readNBytes(MAX_RECORD), names);
        } catch (ZipException | EOFException damaged) {
            throw InstallRefusedException.malformed(locked.filename(), "has a damaged RECORD");
        }
    }

    private static InputStream content(FileChannel channel, Located located) {
        InputStream packed =
                new ChannelSlice(channel, located.data(), located.member().packed());
        return located.member().method() == STORED ? packed : new InflatedStream(packed);
    }

    /** Frees the memory of its inflater when it is closed. */
    private static final class InflatedStream extends InflaterInputStream {
        private InflatedStream(InputStream packed) {
            super(packed, new Inflater(true), BUFFER);
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }
}
