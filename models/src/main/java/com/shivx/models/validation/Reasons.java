package com.shivx.models.validation;

import com.shivx.drift.bootstrap.Answer;
import com.shivx.drift.bootstrap.Interval;
import com.shivx.drift.bootstrap.TimeCells;
import com.shivx.models.Counted;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What differences say, in sentences. */
final class Reasons {

    private Reasons() {}

    /** Such as "log-loss 1.0432 beats that of the class frequencies, 1.0562, by 0.0130 nats". */
    static String sentence(Difference difference) {
        Interval gain = difference.gain();
        String says =
                switch (gain.answer()) {
                    case ABOVE -> "is better than that of";
                    case BELOW -> "is worse than that of";
                    case NOT_SHOWN -> "is not shown to differ from that of";
                    case INCONCLUSIVE -> "cannot be told from that of";
                };
        Measure measure = difference.measure();
        String sentence =
                String.format(
                        Locale.ROOT,
                        "%s %.4f %s %s, %.4f",
                        measure.text(),
                        difference.figure(),
                        says,
                        difference.rival().text(),
                        difference.rivals());
        return Double.isNaN(gain.lower())
                ? sentence
                : sentence
                        + String.format(
                                Locale.ROOT,
                                " (gain %+.4f [%+.4f, %+.4f]%s)",
                                gain.estimate(),
                                gain.lower(),
                                gain.upper(),
                                measure.unit().isEmpty() ? "" : " " + measure.unit());
    }

    /** By which rivals the model of the last fold, which would serve, is shown to be beaten. */
    static List<String> worseInTheLastFold(FoldReport last) {
        List<String> worse = new ArrayList<>();
        for (Difference difference : last.differences()) {
            if (difference.gain().answer() == Answer.BELOW) {
                worse.add("in the last fold, whose model it is, " + sentence(difference));
            }
        }
        return worse;
    }

    /** Why too few blocks decide nothing, and what would make more. */
    static String tooFewBlocks(int blocks, long meanBlockMicros) {
        return "%s of %s %s fewer than the %d that an interval needs; give a longer test span, or shorten validation.min-block"
                .formatted(
                        Counted.of(blocks, "block"),
                        Duration.of(meanBlockMicros, ChronoUnit.MICROS)
                                .toString()
                                .substring(2)
                                .toLowerCase(Locale.ROOT),
                        blocks == 1 ? "is" : "are",
                        TimeCells.MIN_BLOCKS);
    }

    /** The measures, log-loss apart, by which the model is shown to be worse than production. */
    static List<String> failedGuardrails(List<Difference> differences) {
        List<String> failed = new ArrayList<>();
        for (Difference difference : differences) {
            if (difference.rival() == Rival.PRODUCTION
                    && difference.measure() != Measure.LOG_LOSS
                    && difference.gain().upper() < 0) {
                failed.add(sentence(difference));
            }
        }
        return failed;
    }
}
