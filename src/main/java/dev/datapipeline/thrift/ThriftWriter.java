package dev.datapipeline.thrift;

import dev.datapipeline.thrift.ThriftValue.Items;
import dev.datapipeline.thrift.ThriftValue.Real;
import dev.datapipeline.thrift.ThriftValue.Struct;
import dev.datapipeline.thrift.ThriftValue.Text;
import dev.datapipeline.thrift.ThriftValue.Truth;
import dev.datapipeline.thrift.ThriftValue.Whole;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/** Writes Thrift's compact protocol. */
public final class ThriftWriter {
    private static final int LONG_LIST = 15;
    private static final int LARGEST_DELTA = 15;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ThriftWriter() {}

    public static byte[] write(Struct struct) {
        ThriftWriter writer = new ThriftWriter();
        writer.struct(struct);
        return writer.bytes.toByteArray();
    }

    private void struct(Struct struct) {
        int last = 0;
        for (Map.Entry<Integer, ThriftValue> entry : struct.fields().entrySet()) {
            int field = entry.getKey();
            int delta = field - last;
            boolean isShort = delta > 0 && delta <= LARGEST_DELTA;
            bytes.write((isShort ? delta : 0) << 4 | entry.getValue().type());
            if (!isShort) {
                zigzag(field);
            }
            content(entry.getValue());
            last = field;
        }
        bytes.write(0);
    }

    private void content(ThriftValue value) {
        switch (value) {
            case Truth inHeader -> {
                // The type says which it is.
            }
            case Whole whole -> whole(whole);
            case Real real -> {
                for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                    bytes.write((int) (real.bits() >>> shift));
                }
            }
            case Text text -> {
                varint(text.bytes().length);
                bytes.writeBytes(text.bytes());
            }
            case Items list -> list(list);
            case Struct struct -> struct(struct);
        }
    }

    private void whole(Whole whole) {
        if (whole.type() == ThriftValue.BYTE) {
            bytes.write((int) whole.number());
        } else {
            zigzag(whole.number());
        }
    }

    private void list(Items list) {
        int size = list.items().size();
        if (size < LONG_LIST) {
            bytes.write(size << 4 | list.itemType());
        } else {
            bytes.write(LONG_LIST << 4 | list.itemType());
            varint(size);
        }
        for (ThriftValue item : list.items()) {
            if (item instanceof Truth truth) {
                bytes.write(truth.type());
            } else {
                content(item);
            }
        }
    }

    private void zigzag(long number) {
        varint(number << 1 ^ number >> 63);
    }

    private void varint(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
