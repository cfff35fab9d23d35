package dev.datapipeline.llm.upstream;

import dev.datapipeline.secret.SecretLookup;
import dev.datapipeline.secret.SecretMask;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The key of an upstream as it is now, and what takes it out of texts. A secret of the service may change at any time. Thread-safe. */
final class UpstreamKey {
    private static final Pattern FORM = Pattern.compile("[!-~]{1,4096}");

    private final boolean isConfigured;
    private final Supplier<Optional<String>> source;
    private volatile Known known = new Known(Optional.empty(), new SecretMask(List.of()));

    private record Known(Optional<String> text, SecretMask mask) {}

    private UpstreamKey(boolean isConfigured, Supplier<Optional<String>> source) {
        this.isConfigured = isConfigured;
        this.source = source;
    }

    static UpstreamKey none() {
        return new UpstreamKey(false, Optional::empty);
    }

    /** @throws IllegalArgumentException for what cannot be sent in the head of a request */
    static UpstreamKey of(String text) {
        if (!isSendable(text)) {
            throw new IllegalArgumentException("must hold one key of visible ASCII characters");
        }
        return new UpstreamKey(true, () -> Optional.of(text));
    }

    /** There is no key while there is no such secret, or one that cannot be sent. */
    static UpstreamKey ofSecret(String name, SecretLookup secrets) {
        return new UpstreamKey(true, () -> secrets.find(name).filter(UpstreamKey::isSendable));
    }

    private static boolean isSendable(String text) {
        return FORM.matcher(text).matches();
    }

    /** Whether the settings name one, whatever it is now. */
    boolean isConfigured() {
        return isConfigured;
    }

    Optional<Secret> now() {
        return refreshed().text().map(Secret::new);
    }

    /** Masks the key of now and the one before it, with which answers may be under way. */
    SecretMask mask() {
        return refreshed().mask();
    }

    private Known refreshed() {
        Known last = known;
        Optional<String> text = source.get();
        if (text.equals(last.text())) {
            return last;
        }
        Known changed = new Known(
                text,
                new SecretMask(List.of(text, last.text()).stream()
                        .flatMap(Optional::stream)
                        .toList()));
        known = changed;
        return changed;
    }

    @Override
    public String toString() {
        return "(key)";
    }
}
