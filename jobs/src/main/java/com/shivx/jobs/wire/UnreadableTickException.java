package com.shivx.jobs.wire;

import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.UnreadableRecordException;
import com.shivx.models.wire.Utf8;

/**
 * Bytes that are no tick: the reason, and a message that names the field, its value and the remedy.
 */
public final class UnreadableTickException extends UnreadableRecordException {

    private static final long serialVersionUID = 1;

    /** What is wrong, in words of one's own. */
    public UnreadableTickException(DeadLetterReason reason, String message) {
        super(reason, message);
    }

    /** Throws NOT_TEXT unless the bytes are text. */
    public static void requireText(byte[] bytes, int offset, int length)
            throws UnreadableTickException {
        if (!Utf8.isText(bytes, offset, length)) {
            throw new UnreadableTickException(DeadLetterReason.NOT_TEXT, Utf8.NOT_TEXT);
        }
    }

    /** A field that is not there. */
    public static UnreadableTickException missing(TickField field) {
        return new UnreadableTickException(
                DeadLetterReason.MISSING_FIELD,
                field.wireName() + " is missing: " + field.remedy());
    }

    /** A field that holds something else. */
    public static UnreadableTickException wrongType(TickField field, String value) {
        return wrongType(field.wireName(), value, field.remedy());
    }

    /** A part of a row, by its own name, that holds something else. */
    public static UnreadableTickException wrongType(String name, String value, String remedy) {
        return new UnreadableTickException(
                DeadLetterReason.WRONG_TYPE, name + " is " + shown(value) + ": " + remedy);
    }

    /** A kind of tick that does not exist. */
    public static UnreadableTickException unknownKind(String value) {
        return new UnreadableTickException(
                DeadLetterReason.UNKNOWN_KIND,
                "kind is " + shown(value) + ": " + TickField.KIND.remedy());
    }
}
