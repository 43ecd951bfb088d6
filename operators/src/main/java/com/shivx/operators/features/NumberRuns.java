package com.shivx.operators.features;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Arrays as bytes, in which a number that equals the one before it takes a bit: between two ticks
 * of a quiet symbol its series only repeat their last number, and slots not yet used are zeros.
 *
 * <pre>
 * | numbers | bytes from here on | flags of 8 numbers | those of the 8 that are new | flags of the next 8 | …
 * flags: from the lowest bit on, 1 where the number's bits are not those of the one before
 * </pre>
 *
 * <p>For one thread at a time: the bytes are put together in one buffer.
 */
final class NumberRuns {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int GROUP = Byte.SIZE;

    private byte[] buffer = {};

    void write(double[] numbers, DataOutputView target) throws IOException {
        int groups = (numbers.length + GROUP - 1) / GROUP;
        // A number is put down before it is known whether it stays.
        reserve(groups + (numbers.length + 1) * Long.BYTES);
        byte[] bytes = buffer;
        int end = 0;
        long before = 0;
        for (int at = 0; at < numbers.length; at += GROUP) {
            int flagsAt = end++;
            int flags = 0;
            int count = Math.min(GROUP, numbers.length - at);
            for (int i = 0; i < count; i++) {
                long bits = Double.doubleToRawLongBits(numbers[at + i]);
                LONGS.set(bytes, end, bits);
                int isNew = bits == before ? 0 : 1;
                end += isNew * Long.BYTES;
                flags |= isNew << i;
                before = bits;
            }
            bytes[flagsAt] = (byte) flags;
        }
        target.writeInt(numbers.length);
        target.writeInt(end);
        target.write(bytes, 0, end);
    }

    double[] read(DataInputView source) throws IOException {
        double[] numbers = new double[source.readInt()];
        int length = source.readInt();
        reserve(length);
        byte[] bytes = buffer;
        source.readFully(bytes, 0, length);
        int next = 0;
        double before = 0;
        for (int at = 0; at < numbers.length; at += GROUP) {
            int flags = bytes[next++];
            int count = Math.min(GROUP, numbers.length - at);
            for (int i = 0; i < count; i++) {
                if ((flags >> i & 1) != 0) {
                    before = Double.longBitsToDouble((long) LONGS.get(bytes, next));
                    next += Long.BYTES;
                }
                numbers[at + i] = before;
            }
        }
        return numbers;
    }

    private void reserve(int bytes) {
        if (buffer.length < bytes) {
            buffer = new byte[bytes];
        }
    }
}
