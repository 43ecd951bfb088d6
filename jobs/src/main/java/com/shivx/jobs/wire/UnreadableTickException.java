package com.shivx.jobs.wire;

import java.util.regex.Pattern;

/**
 * Bytes that are no tick: the reason, and a message that names the field, its value and the remedy.
 */
public final class UnreadableTickException extends Exception {

    private static final long serialVersionUID = 1;

    private static final int SHOWN = 40;
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final DeadLetterReason reason;

    /** Without a stack trace: bad input may come as fast as good. */
    public UnreadableTickException(DeadLetterReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
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

    /** Why the bytes are no tick. */
    public DeadLetterReason reason() {
        return reason;
    }

    private static String shown(String value) {
        String start = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
        return UNSEEN.matcher(start).replaceAll("?");
    }
}
