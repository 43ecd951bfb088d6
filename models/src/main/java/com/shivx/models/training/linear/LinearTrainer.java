package com.shivx.models.training.linear;

import com.shivx.models.contract.Task;
import com.shivx.models.training.HeldOutLoss;
import com.shivx.models.training.Parameter;
import com.shivx.models.training.Rows;
import com.shivx.models.training.SearchSpace;
import com.shivx.models.training.Settings;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.Trainer;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.training.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear model with an L2 penalty: logistic regression of two or more classes, ridge regression
 * of a value. What a boosted model must beat to be worth its trees, and often does not.
 *
 * <ul>
 *   <li>{@code l2}: the penalty in units of the mean loss on standardised columns. {@code auto}
 *       tries 1 to 1e-6 in tenths, each beginning where the last ended, and keeps the one with the
 *       least loss on the later span; it stops when that has risen twice in a row.
 *   <li>{@code clip} 5: standard deviations beyond which a value counts no more. Returns have tails
 *       that reach 50, and one such row would outweigh a thousand.
 * </ul>
 *
 * <p>Nothing is drawn, so the seed changes nothing.
 */
public final class LinearTrainer implements Trainer {

    static final String AUTO = "auto";

    private static final List<Parameter> PARAMETERS =
            List.of(Parameter.realOr(AUTO, "l2", 1e-9, 1e6), Parameter.real("clip", 5, 0.5, 1000));

    private static final SearchSpace SPACE =
            new SearchSpace(
                    List.of(
                            new SearchSpace.LogRange("l2", 1e-6, 1),
                            new SearchSpace.Range("clip", 2, 10)));

    private static final double[] PENALTIES = {1, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6};

    private static final int PATIENCE = 2;

    @Override
    public String name() {
        return "linear";
    }

    @Override
    public List<Parameter> parameters() {
        return PARAMETERS;
    }

    @Override
    public SearchSpace space() {
        return SPACE;
    }

    @Override
    public TrainedModel train(TrainingTask task, Rows fit, Rows stop, TrainingListener progress)
            throws TrainingException {
        task.check(fit, stop);
        Settings settings = Settings.of(PARAMETERS, task.parameters());
        double[] penalties =
                settings.text("l2").equals(AUTO) ? PENALTIES : new double[] {settings.real("l2")};
        Standardisation standardisation = Standardisation.of(fit, (float) settings.real("clip"));
        Fit learning = Fit.of(task, fit, standardisation.apply(fit), progress);

        List<Candidate> tried = new ArrayList<>();
        double[] at = learning.start();
        while (tried.size() < penalties.length && tried.size() - best(tried) <= PATIENCE) {
            double l2 = penalties[tried.size()];
            at = Newton.minimise(learning.objective(l2), at);
            LinearModel model =
                    new LinearModel(task, fit.columns(), standardisation, learning.weights(at));
            double loss = HeldOutLoss.of(task, stop, model.predict(stop));
            String line =
                    String.format(
                            Locale.ROOT, "l2 %s, %s %.6f", l2, HeldOutLoss.name(task.task()), loss);
            tried.add(new Candidate(model, loss, line));
            progress.onProgress(tried.size(), penalties.length, line);
        }
        Candidate best = tried.get(best(tried));
        return best.model().summarised(best.line() + " on the later span");
    }

    private record Candidate(LinearModel model, double loss, String line) {}

    /** The one with the least loss, the first of equals; 0 of none. */
    private static int best(List<Candidate> tried) {
        int best = 0;
        for (int i = 1; i < tried.size(); i++) {
            if (tried.get(i).loss() < tried.get(best).loss()) {
                best = i;
            }
        }
        return best;
    }

    /** What is minimised, and what its solution means. */
    private record Fit(
            TrainingTask task,
            float[] z,
            float[] classes,
            double[] standardised,
            int columns,
            double mean,
            double deviation,
            TrainingListener listener) {

        /** The targets of a regression are standardised too, so that l2 means the same. */
        static Fit of(TrainingTask task, Rows rows, float[] z, TrainingListener listener) {
            float[] targets = rows.targets();
            if (task.task() == Task.CLASSIFICATION) {
                return new Fit(task, z, targets, new double[0], rows.width(), 0, 1, listener);
            }
            double sum = 0;
            for (float target : targets) {
                sum += target;
            }
            double mean = sum / targets.length;
            double squares = 0;
            for (float target : targets) {
                squares += (target - mean) * (target - mean);
            }
            double deviation = Math.sqrt(squares / targets.length);
            double[] standardised = new double[targets.length];
            for (int i = 0; i < targets.length; i++) {
                standardised[i] = deviation == 0 ? 0 : (targets[i] - mean) / deviation;
            }
            return new Fit(
                    task, z, new float[0], standardised, rows.width(), mean, deviation, listener);
        }

        double[] start() {
            return new double[task.outputs() * (columns + 1)];
        }

        Objective objective(double l2) {
            return task.task() == Task.CLASSIFICATION
                    ? new SoftmaxLoss(z, classes, columns, task.outputs(), l2, listener)
                    : new SquaredLoss(z, standardised, columns, l2, listener);
        }

        Weights weights(double[] solution) {
            double[] scaled = solution.clone();
            if (task.task() == Task.REGRESSION) {
                for (int v = 0; v < scaled.length; v++) {
                    scaled[v] *= deviation;
                }
                scaled[columns] += mean;
            }
            return Weights.of(scaled, columns, task.outputs());
        }
    }
}
