package dev.datapipeline.dataset.ingest.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about an upload.
 *
 * @param claims about its format, the weightiest first; the content decides where it shows another format
 * @param separator the one to read a table with, whatever the content looks like; null to find it out
 * @param records where in a JSON document the list of the records stands; null when the document is that list
 * @param parts of a file that has several
 */
public record UploadHints(
        List<FormatClaim> claims,
        @Nullable Separator separator,
        @Nullable JsonPointer records,
        FilePart parts) {
    public UploadHints {
        claims = List.copyOf(claims);
    }

    public static UploadHints none() {
        return new UploadHints(List.of(), null, null, FilePart.ANY);
    }

    public static UploadHints of(FormatClaim claim) {
        return new UploadHints(List.of(claim), null, null, FilePart.ANY);
    }

    /** The hints about a member of an archive: its name says more than what was said about the archive. */
    public UploadHints inMember(String name) {
        List<FormatClaim> all = new ArrayList<>();
        FormatClaim.ofFileName(name).ifPresent(all::add);
        all.addAll(claims);
        return new UploadHints(all, separator, records, parts);
    }

    public boolean claim(DatasetFormat format) {
        return claims.stream().anyMatch(claim -> claim.format() == format);
    }

    /** The weightiest claim; null when there is none. */
    @Nullable
    public FormatClaim first() {
        return claims.isEmpty() ? null : claims.getFirst();
    }

    /** The separator that the claims name; null without one. */
    @Nullable
    public Separator claimedSeparator() {
        return claims.stream()
                .filter(claim -> claim.format() == DatasetFormat.CSV)
                .findFirst()
                .map(FormatClaim::separator)
                .orElse(null);
    }

    /** A note for the answer if the content is not what was claimed. */
    public List<String> disagreement(DatasetFormat found, String foundWords) {
        FormatClaim claim = first();
        if (claim == null || claim.format() == found) {
            return List.of();
        }
        return List.of("%s says %s, but the content is %s and was read as that."
                .formatted(claim.source(), claim.format().words(), foundWords));
    }
}
