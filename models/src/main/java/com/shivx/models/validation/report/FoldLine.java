package com.shivx.models.validation.report;

import com.shivx.models.Counted;
import com.shivx.models.validation.Difference;
import com.shivx.models.validation.FoldReport;
import com.shivx.models.validation.Measure;
import com.shivx.models.validation.Rival;
import com.shivx.models.validation.ValidationReport;
import java.util.ArrayList;
import java.util.List;

/** A model that was made more than once, a line each time. */
final class FoldLine {

    private static final String[] HEAD = {
        "fold",
        "tested from",
        "to",
        "rows",
        "log-loss",
        "gain over frequencies",
        "over blind twin",
        "accuracy",
        "direction AUC",
        "PnL (bps)"
    };

    private FoldLine() {}

    /** The head and a line of each fold. */
    static List<String[]> of(ValidationReport report) {
        List<String[]> lines = new ArrayList<>();
        lines.add(HEAD.clone());
        for (FoldReport fold : report.folds()) {
            lines.add(
                    new String[] {
                        String.valueOf(lines.size()),
                        Words.moment(fold.spans().test().fromMicros()),
                        Words.moment(fold.spans().test().untilMicros()),
                        String.valueOf(fold.rows()),
                        Words.number(fold.figures().logLoss()),
                        gain(fold, Rival.CLASS_FREQUENCIES),
                        gain(fold, Rival.DIRECTION_BLIND_TWIN),
                        Words.number(fold.figures().accuracy()),
                        Words.number(fold.figures().directionAuc()),
                        Words.oneDecimal(fold.figures().pnlBps())
                    });
        }
        return lines;
    }

    /** How it was made, in words. */
    static String made(ValidationReport report) {
        return "%s as time went on, each judged by what came next; the last asks to be registered"
                .formatted(Counted.of(report.folds().size(), "fold"));
    }

    private static String gain(FoldReport fold, Rival rival) {
        for (Difference difference : fold.differences()) {
            if (difference.rival() == rival && difference.measure() == Measure.LOG_LOSS) {
                return Words.signed(difference.gain().estimate());
            }
        }
        return "-";
    }
}
