package com.shivx.models.wire;

import java.util.regex.Pattern;

/** Bytes that are not what their topic holds: the reason, and a message with the remedy. */
public class UnreadableRecordException extends Exception {

    private static final long serialVersionUID = 1;

    private static final int SHOWN = 40;
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final DeadLetterReason reason;

    /** Without a stack trace: bad input may come as fast as good. */
    public UnreadableRecordException(DeadLetterReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Why the bytes could not be used. */
    public final DeadLetterReason reason() {
        return reason;
    }

    /** What came from outside, as long as a line of a message has room for. */
    public static String shown(String value) {
        String start = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
        return UNSEEN.matcher(start).replaceAll("?");
    }
}
