package com.shivx.models.training.search;

import com.shivx.models.training.HeldOutLoss;
import com.shivx.models.training.Rows;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.Trainer;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.training.TrainingTask;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Trains with parameters drawn at random and keeps the model with the least loss on the later span.
 * The first trial has the parameters as they were given, so a search is never worse there than
 * none. The same seed draws the same points, and each is trained with the task's own seed: two
 * differ by their parameters alone.
 *
 * <p>The loss of the winner is the least of many and therefore too good: what it is worth is told
 * by rows that no trial has seen.
 *
 * @param trials how many, the first among them
 */
public record RandomSearch(int trials) {

    public RandomSearch {
        if (trials < 1) {
            throw new IllegalArgumentException(
                    "search is %d; make it at least 1".formatted(trials));
        }
    }

    /**
     * What was found.
     *
     * @param parameters those of the model
     * @param loss its loss on the later span, see {@link HeldOutLoss}
     * @param model to be closed by the caller
     */
    public record Found(Map<String, String> parameters, double loss, TrainedModel model) {}

    /**
     * Searches. Parameters that the task names stay as they are.
     *
     * @throws TrainingException if the trainer cannot be searched, or a trial gives no model
     */
    public Found run(
            Trainer trainer, TrainingTask task, Rows fit, Rows stop, TrainingListener progress)
            throws TrainingException {
        if (trials > 1 && trainer.space().dimensions().isEmpty()) {
            throw new TrainingException(
                    "trainer " + trainer.name() + " has nothing to search",
                    "leave out --search, or let the trainer search by itself");
        }
        SplittableRandom random = new SplittableRandom(task.seed());
        Found best = null;
        try {
            for (int trial = 0; trial < trials; trial++) {
                Map<String, String> point =
                        trial == 0
                                ? task.parameters()
                                : trainer.space().draw(random, task.parameters());
                best = better(best, tried(trainer, task.with(point), fit, stop, progress));
                progress.onProgress(
                        trial + 1,
                        trials,
                        String.format(
                                Locale.ROOT,
                                "trial %d of %d, best %s %.6f with %s",
                                trial + 1,
                                trials,
                                HeldOutLoss.name(task.task()),
                                best.loss(),
                                best.parameters()));
            }
        } catch (TrainingException | RuntimeException e) {
            if (best != null) {
                best.model().close();
            }
            throw e;
        }
        if (best == null) {
            throw new IllegalStateException("no trial was made");
        }
        return best;
    }

    private static Found tried(
            Trainer trainer, TrainingTask task, Rows fit, Rows stop, TrainingListener progress)
            throws TrainingException {
        TrainedModel model = trainer.train(task, fit, stop, new Trial(progress));
        double loss = HeldOutLoss.of(task, stop, model.predict(stop));
        return new Found(task.parameters(), loss, model);
    }

    private static Found better(@Nullable Found best, Found found) {
        if (best == null || found.loss() < best.loss()) {
            if (best != null) {
                best.model().close();
            }
            return found;
        }
        found.model().close();
        return best;
    }

    /** Steps of a trial are passed on without a number: only trials are counted. */
    private record Trial(TrainingListener listener) implements TrainingListener {

        @Override
        public void onProgress(int done, int total, String message) {
            listener.onProgress(0, 0, message);
        }

        @Override
        public boolean isCancelled() {
            return listener.isCancelled();
        }
    }
}
