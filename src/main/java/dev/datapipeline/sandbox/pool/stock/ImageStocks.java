package dev.datapipeline.sandbox.pool.stock;

import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.time.Ticker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How many sandboxes of each image are kept ready: of the default image as many as the settings say, and one of each of the few named images
 * that were used last, for a while. Not thread-safe: {@code WarmSandboxPool} guards it.
 */
public final class ImageStocks {
    /** Named images of which a sandbox is kept. */
    private static final int MAX_KEPT = 2;

    private static final String FIRST_START =
            "The first sandbox is being made. When its image has to be built before, that takes a minute or more.";

    private final PoolSettings settings;
    private final Consumer<Sandbox> discard;
    private final Ticker ticker;
    /** In the order in which they were used last. */
    private final Map<String, ImageStock> stocks = new LinkedHashMap<>();

    public ImageStocks(PoolSettings settings, Consumer<Sandbox> discard, Ticker ticker) {
        this.settings = settings;
        this.discard = discard;
        this.ticker = ticker;
        of(BaseImages.DEFAULT);
    }

    public ImageStock of(String image) {
        return stocks.computeIfAbsent(image, name -> new ImageStock(name, discard, ticker, settings.retryDelay()));
    }

    public ImageStock ofDefault() {
        return of(BaseImages.DEFAULT);
    }

    /** Why no sandbox of the default image can be had, in words for an operator. */
    public Optional<String> trouble() {
        LaunchBackoff backoff = ofDefault().backoff();
        SandboxFailureException failure = backoff.failure();
        if (failure != null) {
            return Optional.of(failure.getMessage());
        }
        return backoff.hasSucceeded() || settings.warm() == 0 ? Optional.empty() : Optional.of(FIRST_START);
    }

    /** A sandbox of this image was taken. */
    public void noteUse(ImageStock stock) {
        stocks.remove(stock.image());
        stocks.put(stock.image(), stock);
        stock.noteUse(settings.idleTimeout());
    }

    /** How many callers wait for an image beyond the sandboxes of it that are ready or being started. */
    public int missing(String image, WaitingLine line) {
        return Math.max(0, line.size(image) - of(image).coming());
    }

    /** The image that lacks a sandbox for the caller who came first. Of named images one sandbox at a time is started. */
    public Optional<ImageStock> awaited(WaitingLine line) {
        boolean isNamedStarting = starting() > ofDefault().starting();
        return line.images()
                .filter(image -> missing(image, line) > 0)
                .map(this::of)
                .filter(stock -> !stock.backoff().isPausing())
                .filter(stock -> stock == ofDefault() || !isNamedStarting)
                .findFirst();
    }

    /** Takes a sandbox of an image that nobody waits for, one of a named image first. */
    public Optional<Sandbox> pollSpare(WaitingLine line) {
        ImageStock usual = ofDefault();
        return Stream.concat(stocks.values().stream().filter(stock -> stock != usual), Stream.of(usual))
                .filter(stock -> stock.warm().size() > line.size(stock.image()))
                .findFirst()
                .map(stock -> stock.warm().poll());
    }

    public int warm() {
        return stocks.values().stream().mapToInt(stock -> stock.warm().size()).sum();
    }

    public int starting() {
        return stocks.values().stream().mapToInt(ImageStock::starting).sum();
    }

    /** How many sandboxes of an image are kept ready. */
    int wanted(ImageStock stock) {
        if (stock.image().equals(BaseImages.DEFAULT)) {
            return settings.warm();
        }
        return settings.warm() > 0 && kept().contains(stock) ? 1 : 0;
    }

    private List<ImageStock> kept() {
        return new ArrayList<>(stocks.values())
                .reversed().stream()
                        .filter(stock -> !stock.image().equals(BaseImages.DEFAULT) && stock.isKept())
                        .limit(MAX_KEPT)
                        .toList();
    }

    /** An image of which a sandbox is to be started for the stock. The default image is tried again for ever after a failure, others are not. */
    public Optional<ImageStock> toFill() {
        ImageStock usual = ofDefault();
        if (!usual.backoff().isPausing()
                && (usual.coming() < settings.warm() || usual.backoff().failure() != null)) {
            return Optional.of(usual);
        }
        return stocks.values().stream()
                .filter(stock -> stock.backoff().failure() == null && stock.coming() < wanted(stock))
                .findFirst();
    }

    /** Whether a sandbox that was just started is of no use: it was only a try. */
    public boolean isSurplus(ImageStock stock) {
        return stock.warm().size() >= wanted(stock);
    }

    /** Discards sandboxes that died, and those of named images that nobody has used for a while. */
    public void tidy(WaitingLine line) {
        for (ImageStock stock : stocks.values()) {
            stock.warm().removeDead();
            boolean isNamed = !stock.image().equals(BaseImages.DEFAULT);
            if (isNamed) {
                stock.warm().shrink(Math.max(wanted(stock), line.size(stock.image())));
            }
        }
    }

    public void clear() {
        stocks.values().forEach(stock -> stock.warm().clear());
    }
}
