package dev.datapipeline.http.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.datapipeline.http.filter.BufferedBodies;
import io.netty.buffer.ByteBufInputStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jspecify.annotations.Nullable;

/**
 * Turns errors in the JSON body of a request into problems. A resource never gets null for a body unless it is an {@link OptionalBody}.
 *
 * <p>This happens here and not in the exception mappers, because there JSON of clients cannot be told from JSON that this service wrote
 * itself.
 */
@Provider
public final class JsonBodyInterceptor implements ReaderInterceptor {
    @Override
    public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        Buffer buffered = BufferedBodies.of(CurrentRequestManager.get().unwrap(RoutingContext.class));
        if (buffered != null) {
            context.setInputStream(
                    JsonCharacters.areNeeded(buffered)
                            ? JsonCharacters.of(buffered.getBytes())
                            : new ByteBufInputStream(buffered.getByteBuf()));
        }
        @Nullable Object body = read(context);
        if (body == null && !isOptional(context)) {
            throw JsonProblems.empty();
        }
        return body;
    }

    private static boolean isOptional(ReaderInterceptorContext context) {
        return Stream.of(context.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType() == OptionalBody.class);
    }

    private static @Nullable Object read(ReaderInterceptorContext context) throws IOException {
        try {
            return context.proceed();
        } catch (JsonProcessingException invalid) {
            throw JsonProblems.of(invalid);
        } catch (CharConversionException invalid) {
            throw JsonProblems.invalidEncoding();
        } catch (WebApplicationException wrapped) {
            throw wrapped.getCause() instanceof JsonProcessingException invalid ? JsonProblems.of(invalid) : wrapped;
        }
    }
}
