package dev.datapipeline.environment.wheel.file;

import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.file.WheelFiles.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Which wheels lie in the store, who has them open, and which may go. Thread-safe. */
public final class WheelCatalog {
    private final Map<String, Entry> entries = new HashMap<>();
    private final Clock clock;

    private static final class Entry {
        private final Found file;
        private Instant lastUsed;
        private int open;

        private Entry(Found file) {
            this.file = file;
            this.lastUsed = file.lastUsed();
        }
    }

    /** @param found what lies there, each hash once */
    public WheelCatalog(List<Found> found, Clock clock) {
        this.clock = clock;
        for (Found file : found) {
            entries.put(file.sha256(), new Entry(file));
        }
    }

    public synchronized boolean has(String sha256) {
        return entries.containsKey(sha256);
    }

    public synchronized long sizeOf(String sha256) {
        Entry entry = entries.get(sha256);
        return entry == null ? -1 : entry.file.size();
    }

    public synchronized Optional<StoredWheel> open(String sha256) {
        return Optional.ofNullable(entries.get(sha256)).map(this::open);
    }

    /** Adds a file, or puts an upload in the place of a fetched one with the same hash, and opens it. */
    public synchronized StoredWheel addOpen(Found file) throws IOException {
        Entry former = entries.get(file.sha256());
        if (former != null && former.open == 0) {
            remove(former);
        }
        Entry entry = new Entry(file);
        entries.put(file.sha256(), entry);
        return open(entry);
    }

    public synchronized Set<String> projects() {
        return entries.values().stream()
                .map(entry -> entry.file.name().project())
                .collect(Collectors.toSet());
    }

    public synchronized long bytes(boolean uploaded) {
        return entries.values().stream()
                .filter(entry -> entry.file.isUploaded() == uploaded)
                .mapToLong(entry -> entry.file.size())
                .sum();
    }

    /** All uploaded wheels. */
    public synchronized List<Found> uploaded() {
        return entries.values().stream()
                .map(entry -> entry.file)
                .filter(Found::isUploaded)
                .sorted(Comparator.comparing(file -> file.name().filename()))
                .toList();
    }

    /** Removes fetched wheels until they take no more than {@code limit} bytes; none that is open or must stay. */
    public synchronized void evict(long limit, Set<String> needed) throws IOException {
        long bytes = bytes(false);
        List<Entry> oldestFirst = entries.values().stream()
                .filter(entry -> !entry.file.isUploaded() && entry.open == 0)
                .filter(entry -> !needed.contains(entry.file.sha256()))
                .sorted(Comparator.comparing(entry -> entry.lastUsed))
                .toList();
        for (Entry entry : oldestFirst) {
            if (bytes <= limit) {
                return;
            }
            remove(entry);
            bytes -= entry.file.size();
        }
    }

    /** Whoever has it open keeps the file that he has. */
    public synchronized boolean deleteUpload(String sha256) throws IOException {
        Entry entry = entries.get(sha256);
        if (entry == null || !entry.file.isUploaded()) {
            return false;
        }
        remove(entry);
        return true;
    }

    /** Removes one whose bytes are wrong, unless another has taken its place meanwhile. */
    public synchronized void discard(StoredWheel wheel) throws IOException {
        Entry entry = entries.get(wheel.sha256());
        if (entry != null && wheel instanceof OpenWheel opened && opened.entry == entry) {
            remove(entry);
        }
    }

    private void remove(Entry entry) throws IOException {
        entries.remove(entry.file.sha256());
        Path folder = entry.file.path().getParent();
        if (folder != null) {
            WheelFiles.delete(folder);
        }
    }

    private StoredWheel open(Entry entry) {
        entry.open++;
        entry.lastUsed = clock.instant();
        WheelFiles.touch(entry.file.path(), entry.lastUsed);
        return new OpenWheel(entry);
    }

    private synchronized void close(Entry entry) {
        entry.open--;
    }

    private final class OpenWheel implements StoredWheel {
        private final Entry entry;
        private final AtomicBoolean isClosed = new AtomicBoolean();

        private OpenWheel(Entry entry) {
            this.entry = entry;
        }

        @Override
        public Path path() {
            return entry.file.path();
        }

        @Override
        public String sha256() {
            return entry.file.sha256();
        }

        @Override
        public WheelName name() {
            return entry.file.name();
        }

        @Override
        public long size() {
            return entry.file.size();
        }

        @Override
        public void close() {
            if (isClosed.compareAndSet(false, true)) {
                WheelCatalog.this.close(entry);
            }
        }
    }
}
