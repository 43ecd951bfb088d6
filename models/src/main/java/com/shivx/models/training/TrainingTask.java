package com.shivx.models.training;

import com.shivx.models.contract.Task;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be learned, and how.
 *
 * @param task a classification or a regression
 * @param classes names of the classes in the order of their index, such as DOWN, FLAT, UP; empty of
 *     a regression
 * @param parameters the trainer's own, by name; what is not named has its default
 * @param seed draws everything that is drawn
 */
public record TrainingTask(
        Task task, List<String> classes, Map<String, String> parameters, long seed) {

    public TrainingTask {
        Names.check("class", classes);
        if (task == Task.CLASSIFICATION ? classes.size() < 2 : !classes.isEmpty()) {
            throw new IllegalArgumentException(
                    "the classes of a %s are %s; name at least two of a classification and none of a regression"
                            .formatted(task, classes));
        }
        classes = List.copyOf(classes);
        // By name, so that whatever is made of them does not depend on the map's order.
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** A classification. */
    public static TrainingTask classification(
            List<String> classes, Map<String, String> parameters, long seed) {
        return new TrainingTask(Task.CLASSIFICATION, classes, parameters, seed);
    }

    /** A regression. */
    public static TrainingTask regression(Map<String, String> parameters, long seed) {
        return new TrainingTask(Task.REGRESSION, List.of(), parameters, seed);
    }

    /** The same with other parameters. */
    public TrainingTask with(Map<String, String> others) {
        return new TrainingTask(task, classes, others, seed);
    }

    /** Numbers that a model of it gives a row. */
    public int outputs() {
        return Math.max(1, classes.size());
    }

    /**
     * Whether these rows can be learned from.
     *
     * @param fit what is learned from
     * @param stop the later span that says when it is enough
     * @throws TrainingException if a span is empty, has other columns or a target that is none, or
     *     a class never happens in what is learned from
     */
    public void check(Rows fit, Rows stop) throws TrainingException {
        if (!fit.columns().equals(stop.columns())) {
            throw new TrainingException(
                    "the rows to fit have columns %s and the later ones %s"
                            .formatted(fit.columns(), stop.columns()),
                    "give both the same");
        }
        int[] seen = count(fit, "fit");
        count(stop, "stop");
        for (int i = 0; i < classes.size(); i++) {
            if (seen[i] == 0) {
                throw new TrainingException(
                        "class %s never happens in the %d rows to fit"
                                .formatted(classes.get(i), fit.count()),
                        "take a longer span, or leave the class out");
            }
        }
    }

    private int[] count(Rows rows, String span) throws TrainingException {
        if (rows.count() == 0) {
            throw new TrainingException("the span " + span + " has no row", "take a longer one");
        }
        int[] seen = new int[outputs()];
        for (int i = 0; i < rows.count(); i++) {
            float target = rows.target(i);
            if (!Float.isFinite(target) || (task == Task.CLASSIFICATION && !isClass(target))) {
                throw new TrainingException(
                        "the target of row %d of the span %s is %s".formatted(i, span, target),
                        task == Task.CLASSIFICATION
                                ? "make it the index of one of " + classes
                                : "make it a finite number");
            }
            seen[task == Task.CLASSIFICATION ? (int) target : 0]++;
        }
        return seen;
    }

    private boolean isClass(float target) {
        return target >= 0 && target < classes.size() && target == (int) target;
    }
}
