package dev.datapipeline.environment.wheel.store;

import dev.datapipeline.digest.FileHash;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.IncomingWheel;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import dev.datapipeline.environment.wheel.file.UploadRoom;
import dev.datapipeline.environment.wheel.file.WheelCatalog;
import dev.datapipeline.environment.wheel.file.WheelFiles;
import dev.datapipeline.storage.StorageConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The store in {@code <data>/wheels}. Looks at its folder when it is used for the first time. */
@Singleton
public final class FileWheelStore implements WheelStore {
    private static final Logger LOG = Logger.getLogger(FileWheelStore.class);

    private final Path directory;
    private final WheelConfig config;
    private final WheelSource source;
    private final WheelProtection protection;
    private final Clock clock;
    /** Held while a wheel gets its place: two of one hash must not both find nothing and put the second in the place of the first. */
    private final Lock publishing = new ReentrantLock();

    private @Nullable Contents contents;

    /** What lies in the folder. */
    private record Contents(WheelFiles files, WheelCatalog catalog, WheelFetches fetches, UploadRoom room) {}

    @Inject
    public FileWheelStore(StorageConfig storage, WheelConfig config, WheelSource source, WheelProtection protection) {
        this(storage.directory().resolve("wheels"), config, source, protection, Clock.systemUTC());
    }

    FileWheelStore(Path directory, WheelConfig config, WheelSource source, WheelProtection protection, Clock clock) {
        this.directory = directory;
        this.config = config;
        this.source = source;
        this.protection = protection;
        this.clock = clock;
    }

    @Override
    public StoredWheel require(WantedWheel wanted)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        WheelName name = WheelName.of(wanted.filename())
                .orElseThrow(() -> refused("\"" + wanted.filename() + "\" is not the file name of a wheel (PEP 427)."));
        WheelSource.Download download = file -> source.find(wanted, name).into(file);
        StoredWheel wheel = fetch(wanted, name, download);
        boolean isIntact = false;
        try {
            isIntact = isIntact(wheel);
        } finally {
            if (!isIntact) {
                wheel.close();
            }
        }
        if (isIntact) {
            return wheel;
        }
        LOG.errorf("The wheel %s in the store has changed, and is fetched anew", name.filename());
        contents().catalog().discard(wheel);
        return fetch(wanted, name, download);
    }

    @Override
    public boolean has(String sha256) {
        try {
            return contents().catalog().has(sha256);
        } catch (IOException failure) {
            return false;
        }
    }

    @Override
    public long size() {
        try {
            WheelCatalog catalog = contents().catalog();
            return catalog.bytes(false) + catalog.bytes(true);
        } catch (IOException failure) {
            return 0;
        }
    }

    @Override
    public long limit() {
        return config.diskLimit().asLongValue() + config.uploadLimit().asLongValue();
    }

    /**
     * A wheel, fetched when it is not here. Those who ask one index for one wheel at the same time wait for one download. Whoever asks another
     * index for the same hash does not: an index that names the hash of a stranger's wheel must not decide whether that one comes.
     *
     * @param download of the bytes when they are not here
     */
    public StoredWheel fetch(WantedWheel wanted, WheelName name, WheelSource.Download download)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        String sha256 = wanted.sha256();
        if (!WheelFiles.isSha256(sha256)) {
            throw refused("\"" + sha256 + "\" is not a SHA-256.");
        }
        return contents().fetches().fetch(wanted, name, download);
    }

    /**
     * A wheel whose SHA-256 its index does not state: fetched in any case, and known by the SHA-256 of what has come.
     *
     * @throws WheelRefusedException when it is not what the index states of it otherwise
     */
    public StoredWheel fetch(UnpinnedWheel wanted, WheelName name, WheelSource.Download download)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        return contents().fetches().fetch(wanted, name, download);
    }

    /** A wheel that is here. */
    public Optional<StoredWheel> open(String sha256) throws IOException {
        return contents().catalog().open(sha256);
    }

    /** Bytes of a wheel that is here; -1 of one that is not. Does not block. */
    public synchronized long sizeOf(String sha256) {
        return contents == null ? -1 : contents.catalog().sizeOf(sha256);
    }

    /** Normalised names of the packages that have wheels here. Does not block; empty as long as nobody has used the store. */
    public synchronized Set<String> projects() {
        return contents == null ? Set.of() : contents.catalog().projects();
    }

    /** A place for what a user uploads, which shares the room for uploads with all others. */
    IncomingWheel receive(String what) throws IOException {
        Contents here = contents();
        return here.files().create(what, config.uploadLimit().asLongValue(), here.room());
    }

    /**
     * Keeps uploaded wheels until they are deleted: all of them, or none.
     *
     * @throws WheelRefusedException when a file name is taken by other content
     */
    List<UploadedWheel> keep(List<CheckedWheel> wheels) throws IOException, WheelRefusedException {
        Contents here = contents();
        publishing.lock();
        try {
            checkNames(wheels);
            List<UploadedWheel> kept = new ArrayList<>();
            for (CheckedWheel wheel : wheels) {
                kept.add(keep(here, wheel));
            }
            return kept;
        } finally {
            publishing.unlock();
        }
    }

    private void checkNames(List<CheckedWheel> wheels) throws IOException, WheelRefusedException {
        Map<String, String> taken = new HashMap<>();
        uploads().forEach(wheel -> taken.put(wheel.name().filename(), wheel.sha256()));
        for (CheckedWheel wheel : wheels) {
            String other = taken.putIfAbsent(wheel.name().filename(), wheel.sha256());
            if (other != null && !other.equals(wheel.sha256())) {
                throw refused(wheel.name().filename()
                        + " was uploaded before with other content. Give the wheel another version or build number,"
                        + " or delete the other one first.");
            }
        }
    }

    private UploadedWheel keep(Contents here, CheckedWheel wheel) throws IOException {
        for (UploadedWheel known : uploads()) {
            if (known.sha256().equals(wheel.sha256())) {
                return known;
            }
        }
        WheelFiles.Found kept = here.files().publish(wheel.file(), wheel.sha256(), wheel.name(), true);
        here.catalog().addOpen(kept).close();
        wheel.file().giveRoomBack();
        return uploaded(kept);
    }

    /** All uploaded wheels, by file name. */
    public List<UploadedWheel> uploads() throws IOException {
        return contents().catalog().uploaded().stream()
                .map(FileWheelStore::uploaded)
                .toList();
    }

    /** @return false where there is no such upload */
    public boolean deleteUpload(String sha256) throws IOException {
        return contents().catalog().deleteUpload(sha256);
    }

    /** Bytes that may still be uploaded. */
    public long uploadRoom() throws IOException {
        return contents().room().free();
    }

    private static boolean isIntact(StoredWheel wheel) throws IOException {
        try {
            return new FileHash(FileHash.Algorithm.SHA256, wheel.sha256()).isOf(wheel.path());
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static UploadedWheel uploaded(WheelFiles.Found file) {
        return new UploadedWheel(file.name(), file.sha256(), file.size());
    }

    private synchronized Contents contents() throws IOException {
        if (contents == null) {
            WheelFiles files = new WheelFiles(directory);
            WheelCatalog catalog = new WheelCatalog(files.all(), clock);
            UploadRoom room = new UploadRoom(config.uploadLimit().asLongValue(), () -> catalog.bytes(true));
            WheelFetches fetches = new WheelFetches(files, catalog, config, protection, publishing);
            contents = new Contents(files, catalog, fetches, room);
        }
        return contents;
    }

    private static WheelRefusedException refused(String message) {
        return new WheelRefusedException(WheelRefusedException.Reason.WHEEL_REFUSED, message);
    }
}
