package dev.datapipeline.llm.money;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datapipeline.llm.money.ModelPrice.LongContext;
import dev.datapipeline.llm.money.ModelPrice.ModelLimits;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the dated price list that comes with the service, {@code llm/prices.json}: dollars for a million tokens, as decimal text. */
public final class PriceFile {
    private static final String RESOURCE = "/llm/prices.json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private PriceFile() {}

    /** Prices by model. */
    public static Map<String, ModelPrice> read() {
        try (InputStream file = PriceFile.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new FileNotFoundException(RESOURCE);
            }
            return prices(JSON.readTree(file));
        } catch (IOException incomplete) {
            throw new UncheckedIOException("the price list of models is not part of this build", incomplete);
        }
    }

    private static Map<String, ModelPrice> prices(JsonNode document) {
        String version = document.required("date").textValue();
        Map<String, ModelPrice> prices = new HashMap<>();
        document.required("models")
                .properties()
                .forEach(model -> prices.put(model.getKey(), price(version, model.getValue())));
        return prices;
    }

    private static ModelPrice price(String version, JsonNode model) {
        Map<String, TokenRates> tiers = new HashMap<>();
        model.path("tiers").properties().forEach(tier -> tiers.put(tier.getKey(), rates(tier.getValue())));
        return new ModelPrice(
                version,
                rates(model),
                longContext(model.get("longContext")),
                tiers,
                new ModelLimits(whole(model.get("maxOutput")), whole(model.get("imageTokens"))),
                model.path("reasoning").booleanValue());
    }

    private static @Nullable LongContext longContext(@Nullable JsonNode node) {
        return node == null ? null : new LongContext(node.required("above").longValue(), rates(node));
    }

    private static TokenRates rates(JsonNode node) {
        BigDecimal input = decimal(node.required("input"));
        JsonNode cached = node.get("cachedInput");
        JsonNode write = node.get("cacheWrite");
        return TokenPrices.rates(
                input,
                cached == null ? input : decimal(cached),
                write == null ? input : decimal(write),
                decimal(node.required("output")));
    }

    private static BigDecimal decimal(JsonNode text) {
        return new BigDecimal(text.textValue());
    }

    private static OptionalLong whole(@Nullable JsonNode number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number.longValue());
    }
}
