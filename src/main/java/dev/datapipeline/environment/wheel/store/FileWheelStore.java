package dev.datapipeline.environment.wheel.store;

import dev.datapipeline.digest.Sha256;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.storage.StorageConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The store in {@code <data>/wheels}. Looks at its folder when it is used for the first time. */
@Singleton
public final class FileWheelStore implements WheelStore {
    private static final Logger LOG = Logger.getLogger(FileWheelStore.class);
    private static final int PIECE = 64 * 1024;

    private final Path directory;
    private final WheelConfig config;
    private final WheelSource source;
    private final WheelProtection protection;
    private final Clock clock;
    private final SingleDownload downloads = new SingleDownload();
    /** Held while a wheel gets its place: two of one hash must not both find nothing and put the second in the place of the first. */
    private final Object publishing = new Object();

    private @Nullable Contents contents;

    /** What lies in the folder. */
    private record Contents(WheelFiles files, WheelCatalog catalog, UploadRoom room) {}

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
        Contents here = contents();
        while (true) {
            Optional<StoredWheel> wheel = here.catalog().open(sha256);
            if (wheel.isPresent()) {
                return wheel.get();
            }
            wheel = downloads.run(wanted.index() + " " + sha256, () -> download(here, wanted, name, download));
            if (wheel.isPresent()) {
                return wheel.get();
            }
        }
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
        synchronized (publishing) {
            checkNames(wheels);
            List<UploadedWheel> kept = new ArrayList<>();
            for (CheckedWheel wheel : wheels) {
                kept.add(keep(here, wheel));
            }
            return kept;
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

    private StoredWheel download(Contents here, WantedWheel wanted, WheelName name, WheelSource.Download download)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        long size = wanted.size();
        long limit = config.largest().asLongValue();
        if (size > limit) {
            throw refused(name.filename() + " has " + size + " bytes; datapipeline.environment.wheels.largest allows "
                    + limit + ".");
        }
        try (IncomingWheel file = here.files().create(name.filename(), size < 0 ? limit : size, null)) {
            download.into(file);
            check(file, wanted.sha256(), name, size);
            StoredWheel wheel = publish(here, file, wanted.sha256(), name);
            makeRoom(here.catalog());
            return wheel;
        }
    }

    private StoredWheel publish(Contents here, IncomingWheel file, String sha256, WheelName name) throws IOException {
        synchronized (publishing) {
            Optional<StoredWheel> ofAnother = here.catalog().open(sha256);
            return ofAnother.isPresent()
                    ? ofAnother.get()
                    : here.catalog().addOpen(here.files().publish(file, sha256, name, false));
        }
    }

    /** The wheel that has just come is here in any case; where others cannot go now, they go next time. */
    private void makeRoom(WheelCatalog catalog) {
        long limit = config.diskLimit().asLongValue();
        if (catalog.bytes(false) <= limit) {
            return;
        }
        try {
            catalog.evict(limit, protection.protectedHashes());
        } catch (IOException | RuntimeException failure) {
            LOG.warn("Wheels take more disk space than they may, and could not be removed", failure);
        }
    }

    private static void check(IncomingWheel file, String sha256, WheelName name, long size)
            throws IOException, WheelRefusedException {
        if (size >= 0 && file.size() != size) {
            throw new WheelRefusedException(
                    WheelRefusedException.Reason.HASH_MISMATCH,
                    name.filename() + " has " + file.size() + " bytes, and " + size + " were announced.");
        }
        String actual = file.finish();
        if (!actual.equals(sha256)) {
            throw new WheelRefusedException(
                    WheelRefusedException.Reason.HASH_MISMATCH,
                    name.filename() + " has the SHA-256 " + actual + ", and " + sha256 + " was expected.");
        }
    }

    private static boolean isIntact(StoredWheel wheel) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] piece = new byte[PIECE];
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(wheel.path()), digest)) {
            while (bytes.read(piece) >= 0) {
                // The digest takes what is read.
            }
        } catch (NoSuchFileException gone) {
            return false;
        }
        return HexFormat.of().formatHex(digest.digest()).equals(wheel.sha256());
    }

    private static UploadedWheel uploaded(WheelFiles.Found file) {
        return new UploadedWheel(file.name(), file.sha256(), file.size());
    }

    private synchronized Contents contents() throws IOException {
        if (contents == null) {
            WheelFiles files = new WheelFiles(directory);
            WheelCatalog catalog = new WheelCatalog(files.all(), clock);
            UploadRoom room = new UploadRoom(config.uploadLimit().asLongValue(), () -> catalog.bytes(true));
            contents = new Contents(files, catalog, room);
        }
        return contents;
    }

    private static WheelRefusedException refused(String message) {
        return new WheelRefusedException(WheelRefusedException.Reason.WHEEL_REFUSED, message);
    }
}
