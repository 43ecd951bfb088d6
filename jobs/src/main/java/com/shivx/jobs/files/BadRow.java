package com.shivx.jobs.files;

import com.shivx.jobs.wire.DeadLetter;
import com.shivx.models.wire.DeadLetterReason;

/**
 * A row that is no tick.
 *
 * @param bytes the row as it stands in the file, without its line end; its first 64 KiB where it is
 *     longer
 * @param reason why it is no tick
 * @param message the reason in a line for people, with the remedy
 * @param length bytes of the whole row
 * @param sha256 of the whole row, in hexadecimal
 */
public record BadRow(
        byte[] bytes, DeadLetterReason reason, String message, long length, String sha256) {

    /**
     * The dead letter of the row.
     *
     * @param file {@link TickFile#name()}
     * @param row the row within the file
     * @param job who read it
     */
    public DeadLetter toDeadLetter(String file, long row, String job) {
        return new DeadLetter(
                null,
                bytes,
                file,
                DeadLetter.NO_PARTITION,
                row,
                reason,
                message,
                job,
                length,
                sha256);
    }
}
