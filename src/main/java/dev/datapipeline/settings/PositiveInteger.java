package dev.datapipeline.settings;

import java.io.Serial;
import org.eclipse.microprofile.config.spi.Converter;

public final class PositiveInteger implements Converter<Integer> {
    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public Integer convert(String text) {
        return Ranges.atLeast(1, Integer.valueOf(text));
    }
}
