package dev.datapipeline.sandbox.docker.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.UserIds;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No two containers have one user at one time. */
class SandboxUsersTest {
    private final Set<Integer> ofContainers = new HashSet<>();

    @Test
    void everySandboxHasAnother() throws Exception {
        SandboxUsers users = users(0, new UserIds(2000, 2002));

        assertEquals(Set.of(2000, 2001, 2002), Set.of(users.reserve(), users.reserve(), users.reserve()));
    }

    @Test
    void oneIsFreeAgainOnlyWhenItsContainerIsGone() throws Exception {
        SandboxUsers users = users(0, new UserIds(2000, 2000));
        int user = users.reserve();
        ofContainers.add(user);

        users.release(user);

        assertThrows(SandboxFailureException.class, users::reserve);
        ofContainers.clear();
        assertEquals(user, users.reserve());
    }

    @Test
    void unreleasedUserStaysTakenWhetherItsContainerIsListedOrNot() throws Exception {
        SandboxUsers users = users(0, new UserIds(2000, 2001));
        int starting = users.reserve();

        users.refresh();

        assertNotEquals(starting, users.reserve());
        assertThrows(SandboxFailureException.class, users::reserve);
    }

    @Test
    void whenAllAreTakenTheSettingIsNamed() throws Exception {
        SandboxUsers users = users(0, new UserIds(2000, 2000));
        users.reserve();

        SandboxFailureException failure = assertThrows(SandboxFailureException.class, users::reserve);

        assertEquals(SandboxFailure.DOCKER, failure.failure());
        assertTrue(failure.getMessage().contains("2000-2000"), failure.getMessage());
        assertTrue(failure.getMessage().contains("datapipeline.sandbox.user-ids"), failure.getMessage());
    }

    @Test
    void afterARestartThoseOfOrphansAreKnownUntilTheyAreSwept() throws Exception {
        SandboxUsers before = users(7, new UserIds(2000, 2009));
        ofContainers.add(before.reserve());
        ofContainers.add(before.reserve());

        SandboxUsers after = users(7, new UserIds(2000, 2009));

        int user = after.reserve();
        assertTrue(!ofContainers.contains(user));
        ofContainers.clear();
        after.refresh();
        assertEquals(2007, after.reserve());
    }

    @Test
    void anotherServiceOfThisMachineIsMetByNone() throws Exception {
        UserIds range = new UserIds(2000, 2009);
        SandboxUsers one = users(3, range);
        SandboxUsers another = users(3, range);

        ofContainers.add(one.reserve());
        ofContainers.add(another.reserve());
        one.refresh();
        ofContainers.add(one.reserve());
        another.refresh();
        ofContainers.add(another.reserve());

        assertEquals(4, ofContainers.size());
    }

    @Test
    void servicesBeginAtDifferentPlacesBeforeTheySeeEachOther() throws Exception {
        UserIds range = new UserIds(70_000, 99_999);

        assertNotEquals(
                users("a".hashCode(), range).reserve(),
                users("b".hashCode(), range).reserve());
    }

    @Test
    void anyNumberIsAPlaceInTheRange() throws Exception {
        UserIds range = new UserIds(2000, 2006);

        for (int start : new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE}) {
            SandboxUsers users = users(start, range);
            Set<Integer> all = new HashSet<>();
            for (int sandbox = 0; sandbox < range.count(); sandbox++) {
                int user = users.reserve();
                assertTrue(user >= range.first() && user <= range.last());
                all.add(user);
            }
            assertEquals(range.count(), all.size());
        }
    }

    private SandboxUsers users(int start, UserIds range) {
        return new SandboxUsers(() -> range, () -> Set.copyOf(ofContainers), start);
    }
}
