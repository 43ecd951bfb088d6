package com.shivx.operators.training;

import com.shivx.models.lifecycle.TrainingEnd;
import com.shivx.models.validation.ValidationReport;
import org.jspecify.annotations.Nullable;

/**
 * How a training or a comparison has ended.
 *
 * @param event what is told last
 * @param reason what decided, one line
 */
record Ended(TrainingEvent event, String reason) {

    /** By a report. */
    static Ended judged(
            TrainingEvent.Kind kind,
            String message,
            @Nullable String version,
            ValidationReport report) {
        return new Ended(
                TrainingEvent.ended(kind, message, version, report),
                String.join("; ", report.reasons()));
    }

    /**
     * By the report of two versions.
     *
     * @param version the newer of them, if it is registered
     */
    static Ended compared(@Nullable String version, ValidationReport report) {
        TrainingEvent.Kind kind =
                switch (report.verdict()) {
                    case PROMOTE, REGISTER -> TrainingEvent.Kind.PROMOTE;
                    case KEEP, REFUSED -> TrainingEvent.Kind.KEEP;
                    case INCONCLUSIVE -> TrainingEvent.Kind.INCONCLUSIVE;
                };
        return judged(kind, report.rows() + " rows", version, report);
    }

    /** Without a report: its one line says why. */
    static Ended told(TrainingEvent event) {
        return new Ended(event, event.message());
    }

    /**
     * The same for whoever has requested it.
     *
     * @param champion version that the new one was, or would have been, compared with; null if none
     */
    TrainingEnd of(String requestId, String model, @Nullable String champion) {
        TrainingEnd.Kind kind =
                switch (event.kind()) {
                    case REGISTERED -> TrainingEnd.Kind.REGISTERED;
                    case PROMOTE -> TrainingEnd.Kind.PROMOTE;
                    case KEEP -> TrainingEnd.Kind.KEEP;
                    case INCONCLUSIVE -> TrainingEnd.Kind.INCONCLUSIVE;
                    case REFUSED -> TrainingEnd.Kind.REFUSED;
                    case FAILED -> TrainingEnd.Kind.FAILED;
                    case PROGRESS -> throw new IllegalStateException("the end is none");
                };
        String version = event.version();
        return new TrainingEnd(
                requestId,
                model,
                kind,
                version == null ? null : version.substring(version.indexOf('@') + 1),
                champion,
                reason);
    }
}
