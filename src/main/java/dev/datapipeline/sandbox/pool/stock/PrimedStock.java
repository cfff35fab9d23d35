package dev.datapipeline.sandbox.pool.stock;

import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.engine.pipeline.Priming;
import dev.datapipeline.sandbox.image.SandboxBase;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sandboxes that have imported the modules of an environment for runs to come, one for each of the few environments that were used last. Code
 * of its packages has run in such a sandbox, so it goes to runs with the same environment only. Not thread-safe: {@code WarmSandboxPool}
 * guards it.
 */
public final class PrimedStock {
    private final int limit;
    private final Duration keep;
    private final Consumer<Sandbox> discard;
    private final Ticker ticker;
    /** What scripts import from an environment before they do anything else; the one used last is at the end. */
    private final Map<SandboxBase, Known> known = new LinkedHashMap<>();

    private final Deque<Primed> ready = new ArrayDeque<>();
    private final Set<SandboxBase> starting = new HashSet<>();

    private record Known(List<String> modules, Deadline until) {}

    private record Primed(SandboxBase base, Sandbox sandbox) {}

    /**
     * @param limit sandboxes at one time
     * @param keep how long after its last use an environment has a sandbox
     * @param discard called once with every sandbox that is of no further use
     */
    public PrimedStock(int limit, Duration keep, Consumer<Sandbox> discard, Ticker ticker) {
        this.limit = limit;
        this.keep = keep;
        this.discard = discard;
        this.ticker = ticker;
    }

    /** Scripts have been loaded that import these modules of their environment first; with none it needs no sandbox. */
    public void learned(SandboxBase base, List<String> modules) {
        known.remove(base);
        if (base.environment() == null || modules.isEmpty()) {
            return;
        }
        known.put(base, new Known(modules, ticker.deadlineIn(keep)));
        while (known.size() > limit) {
            known.remove(known.keySet().iterator().next());
        }
    }

    /** Takes a sandbox for an environment, null when there is none. */
    @Nullable
    public Sandbox poll(SandboxBase base) {
        removeDead();
        for (Primed primed : ready) {
            if (primed.base.equals(base)) {
                ready.remove(primed);
                return primed.sandbox;
            }
        }
        return null;
    }

    /** Takes the sandbox that is least likely to be needed, null when there is none. */
    @Nullable
    public Sandbox pollAny() {
        Primed oldest = ready.pollFirst();
        return oldest == null ? null : oldest.sandbox;
    }

    /** The sandbox that is to be started next, for the environment used last that has none. */
    public Optional<LaunchOrder> toStart() {
        for (SandboxBase base : new ArrayList<>(known.keySet()).reversed()) {
            Known modules = known.get(base);
            String environment = base.environment();
            if (modules != null && environment != null && !modules.until.isOver() && !has(base)) {
                return Optional.of(new LaunchOrder(base, new Priming(environment, modules.modules)));
            }
        }
        return Optional.empty();
    }

    private boolean has(SandboxBase base) {
        return starting.contains(base) || ready.stream().anyMatch(primed -> primed.base.equals(base));
    }

    public void begins(SandboxBase base) {
        starting.add(base);
    }

    public void ends(SandboxBase base) {
        starting.remove(base);
    }

    public void add(SandboxBase base, Sandbox sandbox) {
        ready.addLast(new Primed(base, sandbox));
        tidy();
    }

    public int size() {
        return ready.size();
    }

    public int starting() {
        return starting.size();
    }

    /** Discards sandboxes that died, and those of environments that others have displaced or nobody has used for a while. */
    public void tidy() {
        known.values().removeIf(modules -> modules.until.isOver());
        removeDead();
        discardIf(primed -> !known.containsKey(primed.base));
    }

    private void removeDead() {
        discardIf(primed -> !primed.sandbox.isReady());
    }

    private void discardIf(Predicate<Primed> isUseless) {
        ready.removeIf(primed -> {
            boolean goes = isUseless.test(primed);
            if (goes) {
                discard.accept(primed.sandbox);
            }
            return goes;
        });
    }

    /** Discards all of them, and forgets what they were for. */
    public void clear() {
        known.clear();
        ready.forEach(primed -> discard.accept(primed.sandbox));
        ready.clear();
    }
}
