package dev.datapipeline.llm.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PriceTableTest {
    private static final ModelPrice OVERRIDE = TokenPrices.ofSettings(
            BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN, OptionalLong.of(100));

    private final Map<String, ModelPrice> list = PriceFile.read();
    private final PriceTable prices = new PriceTable(list, Map.of(), false);

    @Test
    void listIsDatedAndNamesWhatPeopleUse() {
        ModelPrice price = prices.price("gpt-4o-mini");

        assertTrue(price.isKnown());
        assertTrue(price.version().matches("20\\d\\d-\\d\\d-\\d\\d"), price.version());
        assertEquals(150_000, price.standard().input().value());
        assertEquals(75_000, price.standard().cachedInput().value());
        assertEquals(600_000, price.standard().output().value());
        assertEquals(OptionalLong.of(16_384), price.limits().outputTokens());
    }

    @Test
    void tiersNeverChargeLessForOutputThanForInput() {
        for (String model : prices.models()) {
            ModelPrice price = prices.price(model);
            assertTrue(price.standard().cachedInput().compareTo(price.standard().input()) <= 0, model);
            TokenRates priority = price.tiers().getOrDefault("priority", price.standard());
            assertTrue(priority.output().compareTo(price.standard().output()) >= 0, model);
        }
    }

    @Test
    void snapshotHasThePriceOfItsFamily() {
        assertEquals(list.get("gpt-4o"), prices.price("gpt-4o-2024-08-06"));
        assertEquals(list.get("claude-haiku-4-5"), prices.price("claude-haiku-4-5-20251001"));
    }

    @Test
    void snapshotWithAPriceOfItsOwnKeepsIt() {
        assertEquals(
                5_000_000, prices.price("gpt-4o-2024-05-13").standard().input().value());
    }

    @Test
    void settingsCountBeforeTheList() {
        PriceTable overridden = new PriceTable(list, Map.of("gpt-4o", OVERRIDE), false);

        assertEquals(OVERRIDE, overridden.price("gpt-4o"));
        assertEquals(OVERRIDE, overridden.price("gpt-4o-2024-08-06"));
        assertEquals(list.get("gpt-4o-2024-05-13"), overridden.price("gpt-4o-2024-05-13"));
    }

    @Test
    void unknownModelHasNoPrice() {
        assertFalse(prices.price("gpt-4o-made-up").isKnown());
        assertFalse(prices.price("").isKnown());
        assertFalse(prices.price("ft:gpt-4o-mini:acme::7p4lURel").isKnown());
    }

    @Test
    void freeUpstreamCostsNothingWhateverTheModel() {
        ModelPrice price = new PriceTable(list, Map.of(), true).price("gpt-4o");

        assertTrue(price.isKnown());
        assertEquals(TokenRates.FREE, price.standard());
    }
}
