package dev.datapipeline.results.correlation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chooses the traits that tell a group from others: frequent in it, rarer elsewhere, and more so than chance explains. */
final class CorrelationRanking {
    /** Share of the group that has a trait. */
    static final double LEAST_SHARE = 0.6;

    /** How much larger that share is than the share of others. */
    private static final double LEAST_DIFFERENCE = 0.25;

    /**
     * Records of the group times the relative entropy of the two shares: by Chernoff's bound, chance reaches it in one of e^8, about 3,000,
     * cases.
     */
    private static final double LEAST_EVIDENCE = 8;

    private static final int LEAST_RECORDS = 3;

    /** How much more a range must tell apart than one of its bounds alone. */
    private static final double COST_OF_A_RANGE = 0.05;

    private static final int MOST = 5;

    private final long group;
    private final long others;

    /** @param group records of the group that were read; the others likewise */
    CorrelationRanking(long group, long others) {
        this.group = group;
        this.others = others;
    }

    /** The best traits, the best first, at most one for each field. */
    List<Correlation> best(List<Correlation> all) {
        Map<List<String>, Correlation> ofFields = new HashMap<>();
        all.stream()
                .filter(this::isTelling)
                .forEach(found ->
                        ofFields.merge(found.path(), found, (one, two) -> order().compare(one, two) <= 0 ? one : two));
        List<Correlation> best = new ArrayList<>(ofFields.values());
        best.removeIf(found -> followsFromAbove(found, ofFields));
        best.sort(order());
        return best.subList(0, Math.min(MOST, best.size()));
    }

    private boolean isTelling(Correlation found) {
        double share = share(found.group(), group);
        return share >= LEAST_SHARE
                && share - share(found.others(), others) >= LEAST_DIFFERENCE
                && (found.group() >= LEAST_RECORDS || !found.trait().kind().needsSeveralRecords())
                && evidence(share, found.others()) >= LEAST_EVIDENCE;
    }

    private double evidence(double share, long withTrait) {
        double expected = (withTrait + 0.5) / (others + 1.0);
        return group * (term(share, expected) + term(1 - share, 1 - expected));
    }

    private static double term(double share, double expected) {
        return share == 0 ? 0 : share * Math.log(share / expected);
    }

    private Comparator<Correlation> order() {
        return Comparator.comparingDouble(this::score)
                .reversed()
                .thenComparing(found -> found.trait().kind())
                .thenComparing(found -> String.join("\0", found.path()));
    }

    private double score(Correlation found) {
        double cost = found.trait().kind() == TraitKind.BETWEEN ? COST_OF_A_RANGE : 0;
        return share(found.group(), group) - share(found.others(), others) - cost;
    }

    /** Whether a field is missing, or there, with the object that it is in. */
    private static boolean followsFromAbove(Correlation found, Map<List<String>, Correlation> ofFields) {
        for (int length = found.path().size() - 1; length > 0; length--) {
            Correlation above = ofFields.get(found.path().subList(0, length));
            if (above != null && (areMissing(above, found) || haveSameCounts(above, found))) {
                return true;
            }
        }
        return false;
    }

    private static boolean areMissing(Correlation above, Correlation found) {
        return above.trait().kind() == TraitKind.MISSING && found.trait().kind() == TraitKind.MISSING;
    }

    private static boolean haveSameCounts(Correlation above, Correlation found) {
        return above.group() == found.group() && above.others() == found.others();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
