package dev.datapipeline.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.inject.Singleton;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;

/** Reads JSON of clients outside of request bodies, such as a part of a form, with the same errors. */
@Singleton
public final class JsonDocuments {
    /** Names and values: fifty steps have a thousand, and clients may add unknown ones. */
    private static final long MAX_TOKENS = 20_000;

    private final ObjectMapper mapper;
    private final JsonFactory bounded;

    public JsonDocuments(ObjectMapper mapper) {
        this.mapper = mapper;
        JsonFactory factory = mapper.getFactory();
        this.bounded = factory.copy()
                .setStreamReadConstraints(factory.streamReadConstraints()
                        .rebuild()
                        .maxTokenCount(MAX_TOKENS)
                        .build());
    }

    public <T> T read(InputStream document, Class<T> type) throws IOException {
        return read(document, mapper.readerFor(type));
    }

    public <T> T readKnownMembers(InputStream document, Class<T> type) throws IOException {
        return read(document, mapper.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
    }

    private <T> T read(InputStream document, ObjectReader reader) throws IOException {
        T value;
        try {
            value = reader.with(bounded).readValue(document);
        } catch (JsonProcessingException invalid) {
            throw JsonProblems.of(invalid);
        } catch (CharConversionException invalid) {
            throw JsonProblems.invalidEncoding();
        }
        if (value == null) {
            throw JsonProblems.empty();
        }
        return value;
    }
}
