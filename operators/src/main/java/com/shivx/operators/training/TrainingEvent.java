package com.shivx.operators.training;

import com.shivx.models.validation.ValidationReport;
import com.shivx.models.validation.report.HtmlReport;
import com.shivx.models.validation.report.JsonReport;
import com.shivx.models.validation.report.TextReport;
import org.jspecify.annotations.Nullable;

/**
 * What a training tells while it goes on, and at its end.
 *
 * @param kind what it tells
 * @param done steps so far; 0 where they are not counted
 * @param total steps at most; 0 where nobody knows
 * @param message one line for people
 * @param version the version that was registered, such as {@code direction@2.1.0}; null if none was
 * @param text the report for a terminal; null before the end
 * @param json the report for programs; null before the end
 * @param html the report as a page; null before the end
 */
public record TrainingEvent(
        Kind kind,
        int done,
        int total,
        String message,
        @Nullable String version,
        @Nullable String text,
        @Nullable String json,
        @Nullable String html) {

    /** What a training tells. */
    public enum Kind {
        /** It goes on. */
        PROGRESS,
        /** A version came of it. */
        REGISTERED,
        /** The model knows nothing that could be shown; the report says why. */
        REFUSED,
        /** The newer of two is shown to be better. */
        PROMOTE,
        /** It is not; the report says why. */
        KEEP,
        /** There is too little to tell. */
        INCONCLUSIVE,
        /** No model came of it. */
        FAILED
    }

    /**
     * It goes on.
     *
     * @param done steps so far; 0 where they are not counted
     * @param total steps at most; 0 where nobody knows
     */
    public static TrainingEvent progress(int done, int total, String message) {
        return new TrainingEvent(Kind.PROGRESS, done, total, message, null, null, null, null);
    }

    static TrainingEvent ended(
            Kind kind, String message, @Nullable String version, ValidationReport report) {
        return new TrainingEvent(
                kind,
                0,
                0,
                message,
                version,
                TextReport.of(report),
                JsonReport.of(report),
                HtmlReport.of(report));
    }

    static TrainingEvent registered(String version, String message) {
        return new TrainingEvent(Kind.REGISTERED, 0, 0, message, version, null, null, null);
    }

    static TrainingEvent inconclusive(String version, String message) {
        return new TrainingEvent(Kind.INCONCLUSIVE, 0, 0, message, version, null, null, null);
    }

    static TrainingEvent failed(String message) {
        return new TrainingEvent(Kind.FAILED, 0, 0, message, null, null, null, null);
    }
}
