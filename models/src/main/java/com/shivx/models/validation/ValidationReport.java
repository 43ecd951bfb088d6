package com.shivx.models.validation;

import com.shivx.drift.accuracy.Reliability;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a validation saw and decided.
 *
 * @param model the model that was judged, such as {@code direction@2.1.0}
 * @param production what it was compared with; null if nothing
 * @param reasons for the verdict, a sentence each, what decided first
 * @param spans where its rows came from, the last fold's of several; null of a comparison on later
 *     rows
 * @param span of the rows that it was judged by; null if there were none
 * @param rows how many they were
 * @param symbols whose they were
 * @param classes in the model's order
 * @param horizonMicros how long after its row an outcome was decided
 * @param meanBlockMicros mean length of the blocks that intervals come from
 * @param blocks how many of them the rows make
 * @param confidence of the intervals
 * @param figures what the model reached
 * @param productionFigures what production reached on the same rows; null without
 * @param uncalibrated reliability of the model without its calibrators; null if it has none
 * @param differences from its rivals
 * @param importance of its columns
 * @param gains in log-loss over time
 * @param pnl over time
 * @param folds in the order of time, of a model that was made more than once; empty else
 */
public record ValidationReport(
        String model,
        @Nullable String production,
        Verdict verdict,
        List<String> reasons,
        @Nullable Spans spans,
        @Nullable Span span,
        int rows,
        List<String> symbols,
        List<String> classes,
        long horizonMicros,
        long meanBlockMicros,
        int blocks,
        double confidence,
        Figures figures,
        @Nullable Figures productionFigures,
        @Nullable Reliability uncalibrated,
        List<Difference> differences,
        Map<String, Double> importance,
        List<Series> gains,
        List<Series> pnl,
        List<FoldReport> folds) {

    public ValidationReport {
        reasons = List.copyOf(reasons);
        symbols = List.copyOf(symbols);
        classes = List.copyOf(classes);
        differences = List.copyOf(differences);
        importance = Collections.unmodifiableMap(new LinkedHashMap<>(importance));
        gains = List.copyOf(gains);
        pnl = List.copyOf(pnl);
        folds = List.copyOf(folds);
    }

    /** The difference from a rival by a measure. */
    public Optional<Difference> difference(Measure measure, Rival rival) {
        return differences.stream()
                .filter(d -> d.measure() == measure && d.rival() == rival)
                .findFirst();
    }
}
