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

/**
 * One body that is being read. What it takes in memory is counted as it comes, and given back when the request is answered. Everything happens
 * on the thread of the connection.
 */
final class IncomingBody {
    /** Bytes that every body may have without being counted. */
    private static final int UNCOUNTED = 16 * 1024;

    /** Bytes by which the lease grows, so that not every piece asks for more. */
    private static final int STEP = 64 * 1024;

    /** Times its size that a body takes in memory once it is read: bytes, texts, the names of open objects, and what is made of them. */
    private static final int COPIES = 10;

    /** Times the memory budget that a body may take when it has all of the budget to itself: with the default budget, half of the heap. */
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

    /** Calls one of the two, or none when the client goes away. */
    void read(Vertx vertx, Duration timeout, Consumer<Buffer> whole, Consumer<ProblemException> refused) {
        long timer = vertx.setTimer(timeout.toMillis(), late -> refuse(tooSlow(timeout), refused));
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
        request.handler(piece -> add(piece, refused));
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            if (!isOver) {
                whole.accept(body);
            }
        });
        request.resume();
    }

    private void add(Buffer piece, Consumer<ProblemException> refused) {
        if (isOver) {
            return;
        }
        long length = (long) body.length() + piece.length();
        if (length > longest) {
            refuse(BufferedBodies.tooLarge(longest), refused);
        } else if (!isCounted(length)) {
            refuse(MemoryBudget.unavailable(), refused);
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

    /** Bytes of the longest body that the heap of this service has room for. */
    static long longestInMemory(MemoryBudget memory) {
        return BUDGETS * memory.capacity() / COPIES;
    }

    private void refuse(ProblemException problem, Consumer<ProblemException> refused) {
        if (!isOver) {
            isOver = true;
            giveBack();
            refused.accept(problem);
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
