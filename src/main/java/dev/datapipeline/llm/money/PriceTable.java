package dev.datapipeline.llm.money;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prices of models at one upstream. A name is looked up as it stands, then without the date of a snapshot at its end; each time what the
 * settings say counts before the table that comes with the service.
 */
public final class PriceTable {
    private static final Pattern SNAPSHOT = Pattern.compile("[-@](\\d{4}-\\d{2}-\\d{2}|\\d{8})$");

    private final Map<String, ModelPrice> known;
    private final Map<String, ModelPrice> overrides;
    private final boolean isFree;

    /**
     * @param overrides from the settings of the upstream
     * @param isFree whether the settings say that calls cost nothing
     */
    public PriceTable(Map<String, ModelPrice> known, Map<String, ModelPrice> overrides, boolean isFree) {
        this.known = Map.copyOf(known);
        this.overrides = Map.copyOf(overrides);
        this.isFree = isFree;
    }

    /** The price of a model; {@link ModelPrice#isKnown()} is false where nobody has named one. */
    public ModelPrice price(String model) {
        if (isFree) {
            return ModelPrice.free();
        }
        ModelPrice exact = named(model);
        if (exact != null) {
            return exact;
        }
        ModelPrice family = named(SNAPSHOT.matcher(model).replaceFirst(""));
        return family == null ? ModelPrice.unknown() : family;
    }

    private @Nullable ModelPrice named(String model) {
        ModelPrice override = overrides.get(model);
        return override == null ? known.get(model) : override;
    }

    /** Names of the models in the table that comes with the service. */
    Set<String> models() {
        return known.keySet();
    }

    /** Names of the models whose prices the settings say. */
    public Set<String> overridden() {
        return overrides.keySet();
    }
}
