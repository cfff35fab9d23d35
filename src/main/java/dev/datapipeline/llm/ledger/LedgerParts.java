package dev.datapipeline.llm.ledger;

import dev.datapipeline.llm.journal.CallLog;
import dev.datapipeline.llm.journal.TrialCosts;
import dev.datapipeline.llm.ledger.pause.Pauses;
import dev.datapipeline.llm.replay.ExactCache;
import dev.datapipeline.llm.replay.Replays;
import dev.datapipeline.llm.replay.SingleFlight;
import dev.datapipeline.time.Timer;
import java.util.concurrent.Executor;

/**
 * What every call needs.
 *
 * @param blocking runs what reads the disk or the database
 */
record LedgerParts(
        CallLog log,
        TrialCosts trials,
        Replays replays,
        ExactCache cache,
        SingleFlight flights,
        Timer timer,
        Pauses pauses,
        CallMetrics metrics,
        Executor blocking) {}
