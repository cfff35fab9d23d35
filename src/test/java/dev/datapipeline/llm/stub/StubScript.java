package dev.datapipeline.llm.stub;

import java.io.IOException;

/** What the stub does with a request. */
public interface StubScript {
    void run(StubExchange exchange) throws IOException, InterruptedException;
}
