package dev.datapipeline.journeys;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/** Keeps what is logged, with what the thread that logged it was at. */
final class LoggedLines extends ExtHandler {
    private final List<ExtLogRecord> lines = new CopyOnWriteArrayList<>();

    @Override
    protected void doPublish(ExtLogRecord line) {
        line.copyAll();
        lines.add(line);
    }

    List<ExtLogRecord> all() {
        return List.copyOf(lines);
    }
}
