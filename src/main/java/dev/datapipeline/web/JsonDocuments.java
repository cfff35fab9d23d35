package dev.datapipeline.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.problem.ProblemException;
import jakarta.inject.Singleton;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;

/** Reads JSON of a client that is not the body of a request, such as a part of a form, with the same answers. */
@Singleton
public final class JsonDocuments {
    private final ObjectMapper mapper;

    public JsonDocuments(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * @throws ProblemException the document is broken or of another shape
     * @throws IOException the stream failed
     */
    public <T> T read(InputStream document, Class<T> type) throws IOException {
        return read(document, mapper.readerFor(type));
    }

    /**
     * As {@link #read}, but members that the type does not have are ignored.
     *
     * @throws ProblemException the document is broken or of another shape
     * @throws IOException the stream failed
     */
    public <T> T readKnownMembers(InputStream document, Class<T> type) throws IOException {
        return read(document, mapper.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
    }

    private static <T> T read(InputStream document, ObjectReader reader) throws IOException {
        T value;
        try {
            value = reader.readValue(document);
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
