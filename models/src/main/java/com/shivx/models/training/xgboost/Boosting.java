package com.shivx.models.training.xgboost;

import static com.shivx.models.training.xgboost.NativeLibrary.call;

import com.shivx.models.training.HeldOutLoss;
import com.shivx.models.training.Rows;
import com.shivx.models.training.Settings;
import com.shivx.models.training.TrainingCancelledException;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.training.TrainingTask;
import com.shivx.models.training.xgboost.TreeEnsemble.Objective;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;

/**
 * One run of XGBoost, round by round, so that it can be watched, called off and stopped early: the
 * library's own loop shows nothing until its end.
 */
final class Boosting {

    private final TrainingTask task;
    private final Settings settings;
    private final Rows stop;
    private final DMatrix fitted;
    private final DMatrix held;
    private final Booster booster;

    private Boosting(
            TrainingTask task,
            Settings settings,
            Rows stop,
            DMatrix fitted,
            DMatrix held,
            Booster booster) {
        this.task = task;
        this.settings = settings;
        this.stop = stop;
        this.fitted = fitted;
        this.held = held;
        this.booster = booster;
    }

    static Boosting begin(TrainingTask task, Settings settings, Rows fit, Rows stop)
            throws TrainingException {
        DMatrix fitted = labelled(fit);
        try {
            DMatrix held = labelled(stop);
            try {
                Map<String, Object> parameters = parameters(task, settings, fit.count());
                // Known to the booster from the start, its sums over the later span grow with the
                // trees instead of being made anew each round.
                Map<String, DMatrix> watched = Map.of("stop", held);
                Booster booster =
                        call(() -> XGBoost.train(fitted, parameters, 0, watched, null, null));
                return new Boosting(task, settings, stop, fitted, held, booster);
            } catch (TrainingException e) {
                held.dispose();
                throw e;
            }
        } catch (TrainingException e) {
            fitted.dispose();
            throw e;
        }
    }

    /** Learns; afterwards the model alone holds native memory. */
    XgboostModel run(TrainingListener progress) throws TrainingException {
        int rounds = settings.whole("rounds");
        int patience = settings.whole("early_stopping_rounds");
        int best = 0;
        int done = 0;
        double least = Double.POSITIVE_INFINITY;
        while (done < rounds && done - best < patience) {
            TrainingCancelledException.check(progress);
            int round = done;
            update(round);
            done++;
            double loss = loss(done);
            // The first round is the best so far even where its loss is no number.
            if (loss < least || done == 1) {
                least = loss;
                best = done;
            }
            progress.onProgress(done, rounds, text("round %d, %s %.6f", done, lossName(), loss));
        }
        byte[] json = call(() -> booster.toByteArray("json"));
        TreeEnsemble trees = TreeFile.read(json, best);
        fitted.dispose();
        held.dispose();
        return new XgboostModel(
                task,
                stop.columns(),
                booster,
                best,
                trees,
                text(
                        "best round %d of %d (at most %d), %s %.6f on the later span",
                        best, done, rounds, lossName(), least));
    }

    private void update(int round) throws TrainingException {
        call(
                () -> {
                    booster.update(fitted, round);
                    return round;
                });
    }

    private double loss(int rounds) throws TrainingException {
        float[][] answers = call(() -> booster.predict(held, false, rounds));
        return HeldOutLoss.of(task, stop, XgboostModel.flat(answers, task));
    }

    private String lossName() {
        return HeldOutLoss.name(task.task());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static DMatrix labelled(Rows rows) throws TrainingException {
        return call(
                () -> {
                    DMatrix matrix =
                            new DMatrix(rows.values(), rows.count(), rows.width(), Float.NaN);
                    matrix.setLabel(rows.targets());
                    return matrix;
                });
    }

    private static Map<String, Object> parameters(TrainingTask task, Settings settings, int rows) {
        Map<String, Object> parameters = new HashMap<>();
        Objective objective = Objective.of(task.task(), task.classes().size());
        parameters.put("objective", objective.text());
        if (objective == Objective.SOFTMAX) {
            parameters.put("num_class", task.classes().size());
        }
        parameters.put("tree_method", "hist");
        // More threads add up in another order, and in the last bit to other trees.
        parameters.put("nthread", 1);
        parameters.put("seed", task.seed());
        parameters.put("verbosity", 0);
        XgboostTrainer.PARAMETERS.stream()
                .map(p -> p.name())
                .filter(name -> !name.contains("rounds"))
                .forEach(name -> parameters.put(name, settings.text(name)));
        // XGBoost knows no shares.
        Object share = parameters.remove("min_leaf_share");
        double weight =
                Double.parseDouble(String.valueOf(share))
                        * rows
                        * objective.rowWeight(task.classes().size());
        parameters.put(
                "min_child_weight",
                Double.toString(Math.max(weight, settings.real("min_child_weight"))));
        return parameters;
    }

    void dispose() {
        booster.dispose();
        fitted.dispose();
        held.dispose();
    }
}
