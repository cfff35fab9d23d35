package dev.datapipeline.http.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferPlacesTest {
    private static final Duration SPAN = Duration.ofSeconds(10);

    private final TransferPlaces places = new TransferPlaces(2, 1000);
    private final List<String> closed = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Test
    void slowestClientLosesItsPlaceToANewOne() throws IOException {
        Client slow = new Client("slow", Duration.ofSeconds(20));
        Client slower = new Client("slower", Duration.ofSeconds(40));
        slow.takes(10_000);
        slower.takes(10_000);

        TransferPlaces.Place third = new Client("third", Duration.ZERO).place;

        assertEquals(List.of("slower"), closed);
        assertThrows(IOException.class, () -> slower.takes(1));
        third.close();
    }

    @Test
    void clientThatLostItsPlaceDoesNotReleaseTheOther() throws IOException {
        Client slow = new Client("slow", Duration.ofSeconds(20));
        slow.takes(1);
        Client fast = new Client("fast", Duration.ZERO);
        new Client("third", Duration.ZERO);

        slow.place.close();

        assertEquals(List.of("slow"), closed);
        assertThrows(ProblemException.class, () -> new Client("late", Duration.ZERO));
        fast.place.close();
        fast.place.close();
        new Client("next", Duration.ZERO);
        assertThrows(ProblemException.class, () -> new Client("late", Duration.ZERO));
    }

    @Test
    void eachNewClientGetsADifferentPlace() throws IOException {
        for (String name : List.of("a", "b")) {
            new Client(name, Duration.ofSeconds(20)).takes(1);
        }

        new Client("c", Duration.ZERO);
        new Client("d", Duration.ZERO);

        assertEquals(List.of("a", "b"), closed.stream().sorted().toList());
        assertThrows(ProblemException.class, () -> new Client("late", Duration.ZERO));
    }

    @Test
    void fastClientsKeepTheirPlaces() throws IOException {
        for (String name : List.of("a", "b")) {
            new Client(name, Duration.ofSeconds(10)).takes(10_001);
        }

        ProblemException rejected = assertThrows(ProblemException.class, () -> new Client("late", Duration.ZERO));

        assertEquals(ProblemType.TOO_MANY_REQUESTS, rejected.type());
        assertEquals(List.of(), closed);
    }

    @Test
    void bytesInNetworkBuffersDoNotCount() throws IOException {
        Client burst = new Client("burst", Duration.ofMillis(1));
        Client other = new Client("other", Duration.ofSeconds(10));
        other.takes(100_000);
        burst.takes(50_000_000);
        burst.timeOfAWrite = Duration.ofSeconds(50);
        burst.takes(1000);

        new Client("third", Duration.ZERO);

        assertEquals(List.of("burst"), closed);
    }

    @Test
    void shortWaitIsNotSlow() throws IOException {
        for (String name : List.of("a", "b")) {
            new Client(name, Duration.ofSeconds(9)).takes(1);
        }

        assertThrows(ProblemException.class, () -> new Client("late", Duration.ZERO));
    }

    @Test
    void slowClientsStayWhilePlacesAreFree() throws IOException {
        Client slow = new Client("slow", Duration.ofSeconds(60));
        slow.takes(1);

        new Client("other", Duration.ZERO).takes(1);

        assertEquals(List.of(), closed);
        slow.takes(1);
    }

    @Test
    void clientThatReadsNothingIsSlow() {
        Transfer blocked = new Transfer(
                new OutputStream() {
                    @Override
                    public void write(int value) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void write(byte[] source, int offset, int length) {
                        now = now.plusSeconds(11);
                        assertTrue(seen.rate() < 10);
                    }
                },
                SPAN,
                () -> now.toNanos(),
                () -> closed.add("blocked"));
        seen = blocked;

        assertTrue(Double.isInfinite(blocked.rate()));
        try {
            blocked.write(new byte[100]);
        } catch (IOException unexpected) {
            throw new AssertionError(unexpected);
        }

        assertTrue(blocked.rate() > 0);
        assertTrue(blocked.giveUp());
        assertFalse(blocked.giveUp());
        assertEquals(List.of("blocked"), closed);
    }

    private Transfer seen = new Transfer(OutputStream.nullOutputStream(), SPAN, () -> 0, () -> {});

    /** Holds a place from its beginning on, and does not notice that its connection is closed. */
    private final class Client {
        private final Transfer transfer;
        private final TransferPlaces.Place place;
        private Duration timeOfAWrite;

        private Client(String name, Duration time) {
            timeOfAWrite = time;
            OutputStream connection = new OutputStream() {
                @Override
                public void write(int value) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void write(byte[] source, int offset, int length) {
                    now = now.plus(timeOfAWrite);
                }
            };
            transfer = new Transfer(connection, SPAN, () -> now.toNanos(), () -> closed.add(name));
            place = places.take(transfer);
        }

        private void takes(int bytes) throws IOException {
            transfer.write(new byte[bytes]);
        }
    }
}
