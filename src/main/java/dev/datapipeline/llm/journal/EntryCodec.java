package dev.datapipeline.llm.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.journal.LogEntry.CallOrigin;
import dev.datapipeline.llm.journal.LogEntry.CallOutcome;
import dev.datapipeline.llm.journal.LogEntry.Claimed;
import dev.datapipeline.llm.journal.LogEntry.Ended;
import dev.datapipeline.llm.journal.LogEntry.TryBooked;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Picodollars;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Entries of the log as bytes: the kind, then all fields in the order of their records, numbers in full width, texts with their length. */
final class EntryCodec {
    private static final byte CLAIMED = 1;
    private static final byte TRY_BOOKED = 2;
    private static final byte ENDED = 3;
    private static final int LONGEST_TEXT = 500;
    /** Room for the numbers and the lengths of texts of the largest entry. */
    private static final int NUMBERS = 192;

    private static final int BYTES_OF_A_CHARACTER = 3;
    private static final CallStatus[] STATUSES = CallStatus.values();

    private EntryCodec() {}

    static byte[] write(LogEntry entry) {
        ByteBuffer bytes = ByteBuffer.allocate(NUMBERS + bytesOfTexts(entry));
        switch (entry) {
            case Claimed claimed -> {
                bytes.put(CLAIMED).putLong(claimed.call());
                write(bytes, claimed.origin());
                bytes.putLong(claimed.amount().value());
            }
            case TryBooked booked -> {
                bytes.put(TRY_BOOKED).putLong(booked.call());
                write(bytes, booked.bill());
            }
            case Ended ended -> {
                bytes.put(ENDED).putLong(ended.call());
                write(bytes, ended.origin());
                write(bytes, ended.bill());
                write(bytes, ended.outcome());
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static int bytesOfTexts(LogEntry entry) {
        return switch (entry) {
            case Claimed claimed -> bytesOfTexts(claimed.origin());
            case TryBooked booked -> 0;
            case Ended ended -> {
                CallOutcome outcome = ended.outcome();
                yield bytesOfTexts(ended.origin())
                        + mostBytes(outcome.priceVersion())
                        + mostBytes(outcome.servedModel())
                        + mostBytes(outcome.reason());
            }
        };
    }

    private static int bytesOfTexts(CallOrigin origin) {
        return mostBytes(origin.endpoint()) + mostBytes(origin.model()) + mostBytes(origin.fingerprint());
    }

    private static int mostBytes(String text) {
        return Math.min(LONGEST_TEXT, BYTES_OF_A_CHARACTER * text.length());
    }

    private static void write(ByteBuffer bytes, CallOrigin origin) {
        bytes.putLong(origin.startedAt()).putLong(origin.record()).putInt(origin.stage());
        write(bytes, origin.endpoint());
        write(bytes, origin.model());
        write(bytes, origin.fingerprint());
        bytes.putLong(origin.bytes());
    }

    private static void write(ByteBuffer bytes, Bill bill) {
        bytes.putLong(bill.spent().value()).putLong(bill.unsettled().value());
    }

    private static void write(ByteBuffer bytes, CallOutcome outcome) {
        Usage usage = outcome.usage();
        bytes.put((byte) outcome.status().ordinal())
                .putInt(outcome.httpStatus())
                .putInt(outcome.tries())
                .putLong(outcome.cost().value())
                .putLong(usage.prompt())
                .putLong(usage.cached())
                .putLong(usage.cacheWrite())
                .putLong(usage.completion())
                .putLong(usage.reasoning())
                .putLong(outcome.answerBytes())
                .putLong(outcome.waitedMillis())
                .putLong(outcome.tookMillis());
        write(bytes, outcome.priceVersion());
        write(bytes, outcome.servedModel());
        write(bytes, outcome.reason());
    }

    private static void write(ByteBuffer bytes, String text) {
        byte[] encoded = text.getBytes(UTF_8);
        int length = Math.min(encoded.length, LONGEST_TEXT);
        bytes.putShort((short) length).put(encoded, 0, length);
    }

    /** @throws IOException for bytes that this version of the service has not written */
    static LogEntry read(ByteBuffer bytes) throws IOException {
        byte kind = bytes.get();
        long call = bytes.getLong();
        return switch (kind) {
            case CLAIMED -> new Claimed(call, origin(bytes), amount(bytes));
            case TRY_BOOKED -> new TryBooked(call, bill(bytes));
            case ENDED -> new Ended(call, origin(bytes), bill(bytes), outcome(bytes));
            default -> throw new IOException("a log of calls has an entry of unknown kind " + kind);
        };
    }

    private static CallOrigin origin(ByteBuffer bytes) {
        return new CallOrigin(
                bytes.getLong(),
                bytes.getLong(),
                bytes.getInt(),
                text(bytes),
                text(bytes),
                text(bytes),
                bytes.getLong());
    }

    private static Bill bill(ByteBuffer bytes) {
        return new Bill(amount(bytes), amount(bytes));
    }

    private static CallOutcome outcome(ByteBuffer bytes) {
        return new CallOutcome(
                STATUSES[bytes.get()],
                bytes.getInt(),
                bytes.getInt(),
                amount(bytes),
                new Usage(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), true),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                text(bytes),
                text(bytes),
                text(bytes));
    }

    private static Picodollars amount(ByteBuffer bytes) {
        return new Picodollars(bytes.getLong());
    }

    private static String text(ByteBuffer bytes) {
        byte[] encoded = new byte[bytes.getShort()];
        bytes.get(encoded);
        return new String(encoded, UTF_8);
    }
}
