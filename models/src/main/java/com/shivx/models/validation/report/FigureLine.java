package com.shivx.models.validation.report;

import com.shivx.models.validation.Figures;
import com.shivx.models.validation.ValidationReport;
import java.util.List;
import java.util.function.Function;

/** One figure of the model, and of production where there is one; empty where there is none. */
record FigureLine(String name, String model, String production) {

    static List<FigureLine> of(ValidationReport report) {
        return List.of(
                line("log-loss (nats)", report, f -> Words.number(f.logLoss())),
                line("accuracy", report, f -> Words.number(f.accuracy())),
                line("Brier score", report, f -> Words.number(f.brier())),
                line(
                        "calibration error",
                        report,
                        f -> Words.number(f.reliability().expectedError())),
                line("direction AUC", report, f -> Words.number(f.directionAuc())),
                line("PnL (bps)", report, f -> Words.oneDecimal(f.pnlBps())),
                line("positions", report, f -> Integer.toString(f.positions())));
    }

    private static FigureLine line(
            String name, ValidationReport report, Function<Figures, String> text) {
        Figures production = report.productionFigures();
        return new FigureLine(
                name,
                text.apply(report.figures()),
                production == null ? "" : text.apply(production));
    }
}
