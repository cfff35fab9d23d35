package dev.datapipeline.dataset.ingest.parquet;

import dev.datapipeline.thrift.ThriftValue;
import dev.datapipeline.thrift.ThriftValue.Items;
import dev.datapipeline.thrift.ThriftValue.Real;
import dev.datapipeline.thrift.ThriftValue.Struct;
import dev.datapipeline.thrift.ThriftValue.Text;
import dev.datapipeline.thrift.ThriftValue.Truth;
import dev.datapipeline.thrift.ThriftValue.Whole;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads Thrift's compact protocol. Every length is compared with the bytes that are there before memory is taken for it. */
final class ThriftReader {
    private static final int MOST_DEPTH = 32;
    /** Each value takes some tens of bytes of memory, however few it takes in the file. */
    private static final int MOST_VALUES = 2_000_000;

    private static final int LONG_LIST = 15;

    private final ByteBuffer bytes;
    private int values;

    private ThriftReader(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the struct that begins at the position, and moves past it. */
    static Struct read(ByteBuffer bytes) {
        try {
            return new ThriftReader(bytes).struct(0);
        } catch (BufferUnderflowException tooShort) {
            throw ParquetProblem.invalid("a description of its data ends too early");
        }
    }

    private Struct struct(int depth) {
        if (depth > MOST_DEPTH) {
            throw ParquetProblem.invalid("a description of its data is nested too deeply");
        }
        Struct struct = new Struct();
        int field = 0;
        for (int header = bytes.get(); header != 0; header = bytes.get()) {
            int delta = header >> 4 & 0xF;
            field = delta == 0 ? (int) zigzag() : field + delta;
            struct.put(field, value(header & 0xF, depth + 1));
        }
        return struct;
    }

    private ThriftValue value(int type, int depth) {
        values++;
        if (values > MOST_VALUES) {
            throw ParquetProblem.invalid("it has too many columns and row groups; write larger row groups");
        }
        return switch (type) {
            case ThriftValue.TRUE -> new Truth(true);
            case ThriftValue.FALSE -> new Truth(false);
            case ThriftValue.BYTE -> new Whole(type, bytes.get());
            case ThriftValue.I16, ThriftValue.I32, ThriftValue.I64 -> new Whole(type, zigzag());
            case ThriftValue.DOUBLE -> new Real(bytes.getLong());
            case ThriftValue.BINARY -> new Text(binary());
            case ThriftValue.LIST, ThriftValue.SET -> list(depth);
            case ThriftValue.STRUCT -> struct(depth);
            default -> throw ParquetProblem.invalid("a description of its data has an unknown type");
        };
    }

    private Items list(int depth) {
        int header = bytes.get() & 0xFF;
        int type = header & 0xF;
        long size = header >> 4 == LONG_LIST ? varint() : header >> 4;
        List<ThriftValue> items = new ArrayList<>(length(size));
        for (long index = 0; index < size; index++) {
            boolean isTruth = type == ThriftValue.TRUE || type == ThriftValue.FALSE;
            items.add(isTruth ? new Truth(bytes.get() == 1) : value(type, depth));
        }
        return new Items(type, items);
    }

    private byte[] binary() {
        byte[] binary = new byte[length(varint())];
        bytes.get(binary);
        return binary;
    }

    /** A length that the bytes left can have. */
    private int length(long stated) {
        if (stated < 0 || stated > bytes.remaining()) {
            throw ParquetProblem.invalid("a description of its data is longer than the file");
        }
        return (int) stated;
    }

    private long zigzag() {
        long number = varint();
        return number >>> 1 ^ -(number & 1);
    }

    private long varint() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            number |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw ParquetProblem.invalid("a description of its data has a number without an end");
    }
}
