package dev.datapipeline.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Takes secrets out of what a server says to which they were sent: as they are, URL-encoded, in Base64 wherever they stand in what was encoded. */
public final class SecretMask {
    private static final String MASK = "***";

    /** Shorter keys are words such as {@code ollama} that local servers are given because clients want some key. */
    private static final int SHORTEST = 8;

    private final List<String> texts = new ArrayList<>();
    private final List<byte[]> patterns;

    public SecretMask(Collection<String> secrets) {
        secrets.stream().filter(secret -> secret.length() >= SHORTEST).forEach(secret -> texts.addAll(forms(secret)));
        patterns = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    public String mask(String said) {
        String masked = said;
        for (String text : texts) {
            masked = masked.replace(text, MASK);
        }
        return masked;
    }

    /** @return the same bytes where no secret is in them */
    public byte[] mask(byte[] said) {
        for (byte[] pattern : patterns) {
            if (contains(said, pattern)) {
                return mask(new String(said, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
            }
        }
        return said;
    }

    private static Set<String> forms(String key) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(key);
        forms.add(URLEncoder.encode(key, StandardCharsets.UTF_8));
        for (int before = 0; before < 3; before++) {
            forms.add(base64(key, before, Base64.getEncoder()));
            forms.add(base64(key, before, Base64.getUrlEncoder()));
        }
        return forms;
    }

    /** The characters of the encoded text that depend on the key alone, with so many bytes before it. */
    private static String base64(String key, int before, Base64.Encoder encoder) {
        byte[] bytes = new byte[before + key.length()];
        System.arraycopy(key.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, before, key.length());
        int firstWhole = (before * 8 + 5) / 6;
        int afterLast = bytes.length * 8 / 6;
        return encoder.withoutPadding().encodeToString(bytes).substring(firstWhole, afterLast);
    }

    private static boolean contains(byte[] bytes, byte[] pattern) {
        for (int start = 0; start <= bytes.length - pattern.length; start++) {
            if (bytes[start] == pattern[0] && matches(bytes, start, pattern)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int start, byte[] pattern) {
        for (int index = 1; index < pattern.length; index++) {
            if (bytes[start + index] != pattern[index]) {
                return false;
            }
        }
        return true;
    }
}
