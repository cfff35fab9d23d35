package dev.datapipeline.environment.wheel;

import dev.datapipeline.environment.requirement.syntax.PackageName;
import dev.datapipeline.environment.version.Version;
import dev.datapipeline.environment.wheel.WheelRefusedException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads out of the zip that a wheel is what says which package it is. */
public final class WheelArchive {
    private static final int MAX_METADATA = 4 * 1024 * 1024;
    private static final String INFO = ".dist-info";
    private static final String METADATA = INFO + "/METADATA";

    private WheelArchive() {}

    /**
     * The metadata of a wheel, as it is in the file.
     *
     * @throws WheelRefusedException when it is no wheel, or one of another package than its file name says
     */
    public static byte[] metadata(Path file, WheelName name) throws IOException, WheelRefusedException {
        ZipBounds.check(file, name.filename());
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> found = zip.stream()
                    .filter(entry -> isMetadata(entry.getName()))
                    .limit(2)
                    .toList();
            if (found.size() != 1) {
                throw refused(name, "has " + (found.isEmpty() ? "no" : "more than one") + " *.dist-info/METADATA");
            }
            ZipEntry entry = found.getFirst();
            if (!isOf(entry.getName(), name)) {
                throw refused(name, "contains the metadata of another package or version: " + entry.getName());
            }
            try (InputStream bytes = zip.getInputStream(entry)) {
                byte[] metadata = bytes.readNBytes(MAX_METADATA + 1);
                if (metadata.length > MAX_METADATA) {
                    throw refused(name, "has more than 4 MB of metadata");
                }
                return metadata;
            }
        } catch (ZipException | EOFException broken) {
            throw refused(name, "is not a valid zip file: " + broken.getMessage());
        }
    }

    private static boolean isMetadata(String member) {
        return member.endsWith(METADATA) && member.indexOf('/') == member.length() - "/METADATA".length();
    }

    private static boolean isOf(String member, WheelName name) {
        String stem = member.substring(0, member.length() - METADATA.length());
        int dash = stem.indexOf('-');
        Optional<Version> version = dash < 0 ? Optional.empty() : Version.of(stem.substring(dash + 1));
        return version.isPresent()
                && version.get().compareTo(name.version()) == 0
                && PackageName.normalised(stem.substring(0, dash)).equals(name.project());
    }

    private static WheelRefusedException refused(WheelName name, String reason) {
        return new WheelRefusedException(Reason.WHEEL_REFUSED, name.filename() + " " + reason + ".");
    }
}
