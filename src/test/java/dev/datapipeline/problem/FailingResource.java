package dev.datapipeline.problem;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Fails in the ways that no real resource should. */
@Path("/api/testing/failing")
public class FailingResource {
    static final String SECRET = "select password from account -- /home/operator/keys";

    @GET
    @Path("/bug")
    @Operation(hidden = true)
    public String bug() {
        throw new IllegalStateException(SECRET, new RuntimeException(SECRET));
    }

    @GET
    @Path("/database")
    @Operation(hidden = true)
    public String database() {
        try {
            return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:1/gone")
                    .toString();
        } catch (SQLException rejected) {
            throw new IllegalStateException(SECRET, rejected);
        }
    }

    @GET
    @Path("/table")
    @Produces("text/csv")
    @Operation(hidden = true)
    public String table() {
        throw new ProblemException(ProblemType.TOO_MANY_REQUESTS, "Slow down.").retryAfter(Duration.ofSeconds(7));
    }
}
