package dev.datapipeline.llm.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.identity.Membership;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ModelAccessTest {
    private static final ModelAccess ACCESS = new ModelAccess("up", List.of("m"), 100, CallScope.Cache.EXACT, null);

    private static String sharing(ModelAccess access) {
        return access.scope(CallScope.Kind.RUN, UUID.randomUUID()).sharing();
    }

    @Test
    void answersAreSharedInAProjectOnly() {
        UUID one = UUID.randomUUID();

        assertEquals(sharing(ACCESS.in(one)), sharing(ACCESS.in(one)));
        assertNotEquals(sharing(ACCESS.in(one)), sharing(ACCESS.in(UUID.randomUUID())));
        assertNotEquals(sharing(ACCESS.in(one)), sharing(ACCESS));
    }

    /** So that answers which were paid before there were projects are found again. */
    @Test
    void theDefaultProjectSharesAsBefore() {
        assertEquals("up", sharing(ACCESS));
        assertEquals("up", sharing(ACCESS.in(Membership.DEFAULT_PROJECT)));
    }

    @Test
    void whatRunsStoredBeforeCanBeRead() throws JsonProcessingException {
        String stored = """
                {"upstream": "up", "models": ["m"], "maxOutputTokens": 100, "cache": "exact"}""";

        assertEquals(ACCESS, new ObjectMapper().readValue(stored, ModelAccess.class));
    }
}
