package dev.datapipeline.results.correlation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes first all records of a group and then others, and finds what tells them apart. Not thread-safe. */
final class CorrelationFinder {
    /** Fields that are compared, nested ones included: the first that the group has, and as many that only others have. */
    private static final int MOST_FIELDS = 1_000;

    private final FieldProfile root = new FieldProfile(List.of());
    private final FieldReader groupReader = new FieldReader(new GroupFields());
    private final FieldReader otherReader = new FieldReader(new OtherFields());
    private long group;
    private long others;

    void addOfGroup(byte[] record) throws IOException {
        group++;
        groupReader.read(record, root);
    }

    void addOfOthers(byte[] record) throws IOException {
        if (others == 0) {
            root.chooseTraits(group, (long) Math.ceil(CorrelationRanking.LEAST_SHARE * group));
        }
        others++;
        otherReader.read(record, root);
    }

    CorrelationsResponse best() {
        List<Correlation> found = new ArrayList<>();
        root.show(others, found::add);
        return CorrelationsResponse.of(group, others, new CorrelationRanking(group, others).best(found));
    }

    private final class GroupFields implements FieldReader.Fields {
        private int count;

        @Override
        public @Nullable FieldProfile field(FieldProfile parent, String name) {
            FieldProfile known = parent.child(name);
            return known != null || count++ >= MOST_FIELDS ? known : parent.addChild(name);
        }

        @Override
        public void value(FieldProfile field, FieldValue value) {
            field.addOfGroup(value, group);
        }
    }

    private final class OtherFields implements FieldReader.Fields {
        private int count;

        @Override
        public @Nullable FieldProfile field(FieldProfile parent, String name) {
            FieldProfile known = parent.child(name);
            return known != null || count++ >= MOST_FIELDS ? known : parent.addMissing(name, group);
        }

        @Override
        public void value(FieldProfile field, FieldValue value) {
            field.addOfOthers(value, group + others);
        }
    }
}
