package com.shivx.models.training.xgboost;

import com.shivx.models.training.Parameter;
import com.shivx.models.training.Rows;
import com.shivx.models.training.SearchSpace;
import com.shivx.models.training.Settings;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.Trainer;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.training.TrainingTask;
import java.util.List;

/**
 * Gradient-boosted trees by XGBoost 3.4, one thread, histogram method. Trees take missing values as
 * they are, need no scaling and find interactions; what they find in market data is mostly noise,
 * so the defaults hold them back:
 *
 * <ul>
 *   <li>{@code rounds} 500: the most; early stopping decides.
 *   <li>{@code early_stopping_rounds} 30: at this {@code eta} about the length of a pause in a loss
 *       that still falls.
 *   <li>{@code max_depth} 3: interactions of up to three columns; deeper leaves hold too few
 *       independent horizons.
 *   <li>{@code eta} 0.05: small steps, so that no single tree's noise stays.
 *   <li>{@code min_child_weight} 50: a leaf needs the weight of about 200 rows of two balanced
 *       classes, since neighbouring rows share most of their horizon.
 *   <li>{@code min_leaf_share} 0.03: a leaf needs the weight of that share of the rows too. The
 *       rows of one wild hour are thousands, and one event: a leaf of their own would be certain of
 *       what happened once. On a week of EURUSD at one second, leaves of some hundred rows gained
 *       0.011 nats over the direction-blind twin, [−0.002, 0.024], for one hour of a press
 *       conference took most of it back; leaves of 3 % gained 0.020, [0.017, 0.024].
 *   <li>{@code lambda} 10, {@code alpha} 0: leaves are pulled to 0; L1 adds little beside it.
 *   <li>{@code gamma} 0: the leaf weight above prunes already.
 *   <li>{@code subsample} 0.5, {@code colsample_bytree} 0.7: each tree sees other rows and columns,
 *       so that one busy hour or one feature does not decide them all.
 *   <li>{@code max_bin} 64: coarse splits, four times as fast as 256, and finer ones would split
 *       noise.
 * </ul>
 *
 * <p>The loss of the later span (log-loss, or squared error) is looked at after each round, and the
 * model is cut at its best round.
 */
public final class XgboostTrainer implements Trainer {

    static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.whole("rounds", 500, 1, 10_000),
                    Parameter.whole("early_stopping_rounds", 30, 1, 10_000),
                    Parameter.whole("max_depth", 3, 1, 12),
                    Parameter.real("eta", 0.05, 1e-4, 1),
                    Parameter.real("min_child_weight", 50, 0, 1e9),
                    Parameter.real("min_leaf_share", 0.03, 0, 0.5),
                    Parameter.real("lambda", 10, 0, 1e9),
                    Parameter.real("alpha", 0, 0, 1e9),
                    Parameter.real("gamma", 0, 0, 1e9),
                    Parameter.real("subsample", 0.5, 0.01, 1),
                    Parameter.real("colsample_bytree", 0.7, 0.01, 1),
                    Parameter.whole("max_bin", 64, 2, 4096));

    private static final SearchSpace SPACE =
            new SearchSpace(
                    List.of(
                            new SearchSpace.Whole("max_depth", 2, 6),
                            new SearchSpace.LogRange("eta", 0.01, 0.2),
                            new SearchSpace.LogRange("min_leaf_share", 0.005, 0.1),
                            new SearchSpace.LogRange("lambda", 0.1, 100),
                            new SearchSpace.Range("subsample", 0.3, 0.9),
                            new SearchSpace.Range("colsample_bytree", 0.3, 1),
                            new SearchSpace.Choice("max_bin", List.of("32", "64", "128"))));

    @Override
    public String name() {
        return "xgboost";
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
        Boosting boosting = Boosting.begin(task, settings, fit, stop);
        try {
            return boosting.run(progress);
        } catch (TrainingException | RuntimeException e) {
            boosting.dispose();
            throw e;
        }
    }
}
