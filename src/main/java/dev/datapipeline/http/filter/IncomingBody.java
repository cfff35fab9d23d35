package dev.datapipeline.http.filter;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request body that is being read; its memory is counted until the request is answered. Runs on the event loop of the connection. */
final class IncomingBody {
    /** Bytes that are not counted. */
    private static final int UNCOUNTED = 16 * 1024;

    /** The lease grows by this many bytes, so that not every piece asks for more. */
    private static final int STEP = 64 * 1024;

    /** Memory for a body, as a multiple of its size: bytes, texts, the names of open objects, and what is made of them. */
    private static final int COPIES = 10;

    /** The largest body, as a multiple of the memory budget: with the default budget it may use half of the heap when it is alone. */
    private static final int BUDGETS = 2;

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final long longest;
    private final MemoryBudget memory;
    private final Buffer body = Buffer.buffer();
    private @Nullable MemoryLease lease;
    private long counted = UNCOUNTED;
    private boolean isOver;

    IncomingBody(RoutingContext context, long longest, MemoryBudget memory) {
        this.context = context;
        this.request = context.request();
        this.longest = longest;
        this.memory = memory;
    }

    /** Calls one of the two consumers, or none when the client goes away. */
    void read(Vertx vertx, Duration timeout, Consumer<Buffer> whole, Consumer<ProblemException> rejected) {
        long timer = vertx.setTimer(timeout.toMillis(), late -> reject(tooSlow(timeout), rejected));
        context.addEndHandler(end -> {
            isOver = true;
            vertx.cancelTimer(timer);
            giveBack();
        });
        request.exceptionHandler(broken -> {
            isOver = true;
            vertx.cancelTimer(timer);
            giveBack();
        });
        request.handler(piece -> add(piece, rejected));
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            if (!isOver) {
                whole.accept(body);
            }
        });
        request.resume();
    }

    private void add(Buffer piece, Consumer<ProblemException> rejected) {
        if (isOver) {
            return;
        }
        long length = (long) body.length() + piece.length();
        if (length > longest) {
            reject(BufferedBodies.tooLarge(longest), rejected);
        } else if (!isCounted(length)) {
            reject(MemoryBudget.unavailable(), rejected);
        } else {
            body.appendBuffer(piece);
        }
    }

    private boolean isCounted(long length) {
        if (length <= counted) {
            return true;
        }
        long wanted = length + STEP;
        boolean isCounted = isTaken(Math.min(COPIES * wanted, memory.capacity()));
        counted = isCounted ? wanted : counted;
        return isCounted;
    }

    private boolean isTaken(long bytes) {
        MemoryLease held = lease;
        if (held != null) {
            return held.tryGrowTo(bytes);
        }
        Optional<MemoryLease> taken = memory.tryTake(bytes);
        lease = taken.orElse(null);
        return taken.isPresent();
    }

    static long longestInMemory(MemoryBudget memory) {
        return BUDGETS * memory.capacity() / COPIES;
    }

    private void reject(ProblemException problem, Consumer<ProblemException> rejected) {
        if (!isOver) {
            isOver = true;
            giveBack();
            rejected.accept(problem);
        }
    }

    private void giveBack() {
        MemoryLease held = lease;
        if (held != null) {
            held.close();
        }
    }

    private static ProblemException tooSlow(Duration timeout) {
        return new ProblemException(
                ProblemType.UPLOAD_TOO_SLOW,
                "The body was not complete after %d s. Send it again over a better connection."
                        .formatted(timeout.toSeconds()));
    }
}
