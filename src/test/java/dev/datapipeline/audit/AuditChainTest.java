package dev.datapipeline.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditChainTest {
    private static final String BEGINNING = "0".repeat(64);
    private static final UUID ID = new UUID(1, 2);
    private static final Instant AT = Instant.parse("2026-11-30T10:00:00.000001Z");

    private static AuditEntry entry(AuditActor actor, String operation, @Nullable String target) {
        AuditedRequest request = new AuditedRequest(ID, AT, actor, operation, target, null);
        return new AuditEntry(request, AuditOutcome.SUCCEEDED, 204, 1);
    }

    private static AuditActor actor(String username, @Nullable String key) {
        return new AuditActor(new UUID(3, 4), username, key, "192.0.2.7");
    }

    private static String digest(AuditEntry entry) {
        return AuditChain.digest(BEGINNING, 1, entry);
    }

    /** Stored digests must fit later versions as well. */
    @Test
    void theDigestOfAnEntryNeverChanges() {
        assertEquals(
                "dd5da2182b1fe3130c08f3b6429f554a5ead35ccf84d9f45f6df61b91327812a",
                digest(entry(actor("ada", null), "DELETE /api/v1/runs/{id}", "7f3a")));
    }

    @Test
    void everyFieldCounts() {
        AuditEntry entry = entry(actor("ada", null), "DELETE", "7f3a");
        AuditedRequest request = entry.request();

        List<AuditEntry> others = List.of(
                entry(actor("adb", null), "DELETE", "7f3a"),
                entry(actor("ada", "k"), "DELETE", "7f3a"),
                entry(new AuditActor(null, "ada", null, "192.0.2.7"), "DELETE", "7f3a"),
                entry(new AuditActor(new UUID(3, 4), "ada", null, "192.0.2.8"), "DELETE", "7f3a"),
                entry(actor("ada", null), "POST", "7f3a"),
                entry(actor("ada", null), "DELETE", null),
                entry(actor("ada", null), "DELETE", ""),
                new AuditEntry(request, AuditOutcome.DENIED, 204, 1),
                new AuditEntry(request, AuditOutcome.SUCCEEDED, null, 1),
                new AuditEntry(request, AuditOutcome.SUCCEEDED, 204, 2),
                new AuditEntry(request.about(null, "p"), AuditOutcome.SUCCEEDED, 204, 1));

        assertEquals(
                others.size(),
                others.stream().map(AuditChainTest::digest).distinct().count());
        others.forEach(other -> assertNotEquals(digest(entry), digest(other), other.toString()));
        assertNotEquals(digest(entry), AuditChain.digest(BEGINNING, 2, entry));
        assertNotEquals(digest(entry), AuditChain.digest("1" + BEGINNING.substring(1), 1, entry));
    }

    @Test
    void whatMovesFromOneFieldToTheNextCounts() {
        assertNotEquals(digest(entry(actor("ada", "bc"), "d", "e")), digest(entry(actor("adab", "c"), "d", "e")));
        assertNotEquals(digest(entry(actor("ada;", null), "d", "e")), digest(entry(actor("ada", ""), "d", "e")));
    }
}
