package com.shivx.models.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether bytes are text: strict UTF-8 (no surrogates, no overlong forms) without NUL. */
public final class Utf8 {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** What is wrong with bytes that are none, and what to do. */
    public static final String NOT_TEXT =
            "the bytes are not UTF-8, or hold a NUL: write UTF-8 text";

    private Utf8() {}

    /** Whether the bytes are text. Plain ASCII is decided eight bytes at a time. */
    public static boolean isText(byte[] bytes, int offset, int length) {
        return isAsciiWithoutNul(bytes, offset, length) || isStrict(bytes, offset, length);
    }

    /** Throws NOT_TEXT unless the bytes are text. */
    public static void requireText(byte[] bytes, int offset, int length)
            throws UnreadableRecordException {
        if (!isText(bytes, offset, length)) {
            throw new UnreadableRecordException(DeadLetterReason.NOT_TEXT, NOT_TEXT);
        }
    }

    private static boolean isAsciiWithoutNul(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int i = offset;
        long suspicious = 0;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, i);
            // A zero byte borrows from its own high bit; a byte above 127 has it set already.
            suspicious |= (eight | (eight - ONES)) & HIGH_BITS;
        }
        for (; i < end; i++) {
            suspicious |= bytes[i] <= 0 ? HIGH_BITS : 0;
        }
        return suspicious == 0;
    }

    private static boolean isStrict(byte[] bytes, int offset, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .chars()
                    .noneMatch(c -> c == 0);
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
