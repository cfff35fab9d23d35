package dev.datapipeline.dataset.ingest.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** A zip archive in a file: the names of its members, and each of them unpacked. Not thread-safe. */
public final class ZipArchive implements Closeable {
    private final ZipFile zip;
    private final long archiveBytes;
    private final int maxRatio;
    private final Map<String, ZipArchiveEntry> members = new LinkedHashMap<>();

    private ZipArchive(ZipFile zip, long archiveBytes, int maxRatio) {
        this.zip = zip;
        this.archiveBytes = archiveBytes;
        this.maxRatio = maxRatio;
    }

    /** @param maxRatio bytes unpacked for each byte packed of a member */
    public static ZipArchive open(FileChannel file, int maxRatio) throws IOException {
        ZipBounds.check(file);
        ZipArchive archive = new ZipArchive(parse(file), file.size(), maxRatio);
        for (ZipArchiveEntry entry : Collections.list(archive.zip.getEntries())) {
            archive.add(entry);
        }
        return archive;
    }

    /** The library reports archives that it cannot read by exceptions of many kinds. */
    private static ZipFile parse(FileChannel file) {
        try {
            return ZipFile.builder().setSeekableByteChannel(file).get();
        } catch (IOException | RuntimeException damaged) {
            throw ArchiveProblem.invalid("the list of its members is damaged");
        }
    }

    private void add(ZipArchiveEntry entry) {
        if (entry.isDirectory()) {
            return;
        }
        if (members.size() == ZipBounds.MOST_MEMBERS) {
            throw ArchiveProblem.invalid("it has more than %,d members".formatted(ZipBounds.MOST_MEMBERS));
        }
        if (members.putIfAbsent(entry.getName(), entry) != null) {
            throw ArchiveProblem.invalidMember(entry.getName(), "is there twice");
        }
    }

    /** All members that are no folders, in the order of the archive. */
    public List<String> names() {
        return List.copyOf(members.keySet());
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** @param name of a member that is there */
    public InputStream open(String name) {
        ZipArchiveEntry entry = members.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("not a member: " + name);
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw ArchiveProblem.invalidMember(name, "is encrypted");
        }
        if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
            throw ArchiveProblem.invalidMember(name, "is packed in another way than by deflate");
        }
        return new ZipMember(entry, unpacked(entry), Math.min(entry.getCompressedSize(), archiveBytes), maxRatio);
    }

    private InputStream unpacked(ZipArchiveEntry entry) {
        try {
            InputStream unpacked = zip.getInputStream(entry);
            if (unpacked == null) {
                throw ArchiveProblem.invalidMember(entry.getName(), "is not there");
            }
            return unpacked;
        } catch (IOException damaged) {
            throw ArchiveProblem.invalidMember(entry.getName(), "is damaged");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
