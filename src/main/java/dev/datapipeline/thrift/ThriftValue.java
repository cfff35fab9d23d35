package dev.datapipeline.thrift;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A value of Thrift's compact protocol, in which Parquet files describe themselves. */
public sealed interface ThriftValue {
    int TRUE = 1;
    int FALSE = 2;
    int BYTE = 3;
    int I16 = 4;
    int I32 = 5;
    int I64 = 6;
    int DOUBLE = 7;
    int BINARY = 8;
    int LIST = 9;
    int SET = 10;
    int STRUCT = 12;

    /** As it is written. */
    int type();

    record Truth(boolean isTrue) implements ThriftValue {
        @Override
        public int type() {
            return isTrue ? TRUE : FALSE;
        }
    }

    record Whole(int type, long number) implements ThriftValue {}

    record Real(long bits) implements ThriftValue {
        @Override
        public int type() {
            return DOUBLE;
        }
    }

    record Text(byte[] bytes) implements ThriftValue {
        @Override
        public int type() {
            return BINARY;
        }
    }

    record Items(int itemType, List<ThriftValue> items) implements ThriftValue {
        @Override
        public int type() {
            return LIST;
        }
    }

    /** Fields by their numbers. */
    record Struct(SortedMap<Integer, ThriftValue> fields) implements ThriftValue {
        public Struct() {
            this(new TreeMap<>());
        }

        @Override
        public int type() {
            return STRUCT;
        }

        /** The number in a field; the other one when there is none. */
        public long whole(int field, long other) {
            return fields.get(field) instanceof Whole value ? value.number() : other;
        }

        @Nullable
        public Struct struct(int field) {
            return fields.get(field) instanceof Struct value ? value : null;
        }

        /** The structs in a list; none when there is no such list. */
        public List<Struct> structs(int field) {
            return fields.get(field) instanceof Items list
                    ? list.items().stream()
                            .filter(Struct.class::isInstance)
                            .map(Struct.class::cast)
                            .toList()
                    : List.of();
        }

        public void put(int field, ThriftValue value) {
            fields.put(field, value);
        }

        public void putLong(int field, long number) {
            fields.put(field, new Whole(I64, number));
        }

        public void putInt(int field, int number) {
            fields.put(field, new Whole(I32, number));
        }

        public void remove(int... numbers) {
            for (int number : numbers) {
                fields.remove(number);
            }
        }
    }
}
