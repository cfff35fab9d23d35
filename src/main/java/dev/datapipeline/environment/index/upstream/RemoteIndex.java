package dev.datapipeline.environment.index.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.page.IndexPage;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.IncomingWheel;
import dev.datapipeline.upstream.WebAddresses;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One index. Thread-safe; blocks. */
public final class RemoteIndex {
    private static final Duration LONGEST_PAGE = Duration.ofMinutes(1);
    private static final Duration LONGEST_FILE = Duration.ofMinutes(15);
    private static final Duration PAGE_KEPT = Duration.ofMinutes(5);
    private static final long FILES_KEPT = 20_000;
    private static final int MAX_METADATA = 4 * 1024 * 1024;
    private static final int PIECE = 64 * 1024;

    private static final Set<Integer> GONE = Set.of(404, 410);
    private static final int OK = 200;

    private final IndexSettings settings;
    private final IndexClient client;
    private final Cache<String, List<IndexFile>> pages = Caffeine.newBuilder()
            .expireAfterWrite(PAGE_KEPT)
            .maximumWeight(FILES_KEPT)
            .<String, List<IndexFile>>weigher((name, files) -> files.size() + 1)
            .executor(Runnable::run)
            .build();

    RemoteIndex(IndexSettings settings, IndexClient client) {
        this.settings = settings;
        this.client = client;
    }

    public String name() {
        return settings.name();
    }

    /** The host alone, for messages. */
    public String host() {
        return settings.url().getHost().toLowerCase(Locale.ROOT);
    }

    /** Files that were uploaded later than so long ago are not taken; zero where that does not matter. */
    public Duration minimumAge() {
        return settings.minimumAge();
    }

    /**
     * Whether a file is taken whose SHA-256 the index does not state. The lock has that of what comes then. An administrator named the index and
     * the way to it; what the index sends to by a less safe way could be changed there.
     */
    public boolean mayLackSha256(IndexFile file) {
        boolean isDowngrade = WebAddresses.isEncrypted(settings.url()) && !WebAddresses.isEncrypted(file.url());
        return settings.mayLackSha256() && !isDowngrade;
    }

    IndexSettings settings() {
        return settings;
    }

    /**
     * The files of a project.
     *
     * @param project normalised name
     * @return empty where the index does not have the project
     * @throws IndexUnreachableException when it did not say which of both
     */
    public Optional<List<IndexFile>> files(String project) throws IndexUnreachableException, InterruptedException {
        List<IndexFile> known = pages.getIfPresent(project);
        if (known != null) {
            return Optional.of(known);
        }
        URI url = settings.url().resolve(project + "/");
        try (IndexAnswer answer = client.get(settings, page(url))) {
            // Some indexes send to a public one for what they do not have.
            if (answer.status() == 404 || answer.isElsewhere()) {
                return Optional.empty();
            }
            checkStatus(answer);
            List<IndexFile> read =
                    List.copyOf(IndexPage.read(answer.header("content-type"), answer.body(), answer.url()));
            pages.put(project, read);
            return Optional.of(read);
        } catch (InterruptedIOException interrupted) {
            throw new InterruptedException();
        } catch (IOException broken) {
            throw IndexClient.unreachable(settings, String.valueOf(broken.getMessage()));
        }
    }

    /** Names with patterns come from this index only: nobody else may say what there is of them, nor hear of them. */
    private IndexClient.Query page(URI url) {
        return new IndexClient.Query(
                url,
                IndexPage.ACCEPTED,
                true,
                LONGEST_PAGE,
                !settings.packages().isEmpty());
    }

    /**
     * Fetches a file.
     *
     * @throws WheelRefusedException when it is not there, or does not fit
     * @throws IOException when this machine cannot store it
     */
    public void download(URI url, IncomingWheel file)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        try (IndexAnswer answer = client.get(settings, new IndexClient.Query(url, "*/*", false, LONGEST_FILE, false))) {
            if (GONE.contains(answer.status())) {
                throw new WheelRefusedException(
                        WheelRefusedException.Reason.WHEEL_GONE,
                        "The package index \"" + name() + "\" (" + host() + ") lists a file that it does not have.");
            }
            checkStatus(answer);
            byte[] piece = new byte[PIECE];
            for (int count = answer.body().read(piece);
                    count >= 0;
                    count = answer.body().read(piece)) {
                file.write(piece, 0, count);
            }
        } catch (BodyStream.BrokenException broken) {
            throw IndexClient.unreachable(settings, String.valueOf(broken.getMessage()));
        } catch (InterruptedIOException interrupted) {
            throw new InterruptedException();
        }
    }

    /**
     * The metadata of a wheel, where the index serves it apart from the wheel (PEP 658).
     *
     * @param url of the wheel
     * @return empty where it does not after all
     */
    public Optional<byte[]> metadata(URI url) throws IndexUnreachableException, InterruptedException {
        URI at = URI.create(
                url.getRawQuery() == null
                        ? url + ".metadata"
                        : url.toString().replace("?" + url.getRawQuery(), ".metadata?" + url.getRawQuery()));
        try (IndexAnswer answer = client.get(settings, new IndexClient.Query(at, "*/*", true, LONGEST_PAGE, false))) {
            if (answer.status() != OK) {
                return Optional.empty();
            }
            byte[] metadata = answer.body().readNBytes(MAX_METADATA + 1);
            return metadata.length > MAX_METADATA ? Optional.empty() : Optional.of(metadata);
        } catch (InterruptedIOException interrupted) {
            throw new InterruptedException();
        } catch (IOException broken) {
            throw IndexClient.unreachable(settings, String.valueOf(broken.getMessage()));
        }
    }

    private void checkStatus(IndexAnswer answer) throws IndexUnreachableException {
        int status = answer.status();
        if (status == 401 || status == 403) {
            String advice = settings.password().now().isPresent()
                    ? "it does not accept the username and password of the settings"
                    : "it wants a username and password, which its settings do not have";
            throw IndexClient.unreachable(settings, advice + " (status " + status + ")");
        }
        if (status == 407) {
            throw IndexClient.unreachable(settings, BodyStream.PROXY_PASSWORD);
        }
        if (status != OK) {
            throw IndexClient.unreachable(settings, "it answers with status " + status);
        }
    }
}
