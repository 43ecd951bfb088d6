package com.shivx.models.training.xgboost;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.xgboost.TreeEnsemble.Objective;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the trees from the JSON that XGBoost saves a model as. What it does not know it refuses by
 * name: an export that leaves something out answers, and wrongly.
 *
 * <pre>{@code
 * {"learner": {
 *    "gradient_booster": {"name": "gbtree", "model": {
 *       "iteration_indptr": [0, 3, 6, …],   trees of round i: from entry i to before entry i + 1
 *       "tree_info": [0, 1, 2, 0, …],       the class of each tree
 *       "trees": [{"left_children": […], "right_children": […], "split_indices": […],
 *                  "split_conditions": […], "default_left": […], "loss_changes": […],
 *                  "split_type": […], "tree_param": {"size_leaf_vector": "1", …}}, …]}},
 *    "learner_model_param": {"base_score": "[5.089E-1]", "num_class": "0", …},
 *    "objective": {"name": "binary:logistic", …}}}
 * }</pre>
 *
 * <p>{@code base_score} is a probability of a binary classification, whose logit is the margin to
 * begin with; of several classes it is the margins as they are, one for all of them before 3.0.
 */
final class TreeFile {

    // Exact decimals, so that a number becomes the float it was written from in one rounding.
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final JsonNode learner;

    private TreeFile(JsonNode learner) {
        this.learner = learner;
    }

    /**
     * The trees of the first rounds.
     *
     * @param rounds how many; what was learned after them is left out
     * @throws TrainingException if it holds anything but plain numeric trees for a known objective
     */
    static TreeEnsemble read(byte[] json, int rounds) throws TrainingException {
        try {
            return new TreeFile(JSON.readTree(json).path("learner")).ensemble(rounds);
        } catch (IOException e) {
            throw new TrainingException(
                    "XGBoost's model is no JSON: " + e.getMessage(), "save it as json", e);
        }
    }

    private TreeEnsemble ensemble(int rounds) throws TrainingException {
        Objective objective = objective();
        JsonNode parameters = learner.path("learner_model_param");
        require("num_target", parameters.path("num_target").asText("1"), "1");
        JsonNode booster = learner.path("gradient_booster");
        require("booster", booster.path("name").asText(), "gbtree");
        JsonNode model = booster.path("model");
        JsonNode ends = model.path("iteration_indptr");
        if (rounds < 1 || ends.size() <= rounds) {
            throw new TrainingException(
                    "%d rounds are wanted of %d".formatted(rounds, Math.max(0, ends.size() - 1)),
                    "export at least one, and no more than there are");
        }
        List<Tree> trees = new ArrayList<>();
        for (int i = 0; i < ends.get(rounds).asInt(); i++) {
            trees.add(tree(model.path("trees").path(i), model.path("tree_info").path(i).asInt()));
        }
        int classes = parameters.path("num_class").asInt();
        return new TreeEnsemble(
                objective,
                parameters.path("num_feature").asInt(),
                base(objective, Math.max(1, classes), parameters.path("base_score").asText()),
                trees);
    }

    private Objective objective() throws TrainingException {
        String name = learner.path("objective").path("name").asText();
        for (Objective objective : Objective.values()) {
            if (objective.text().equals(name)) {
                return objective;
            }
        }
        throw new TrainingException(
                "objective '" + name + "' cannot be exported",
                "train for one of "
                        + Arrays.stream(Objective.values()).map(Objective::text).toList());
    }

    private static Tree tree(JsonNode tree, int output) throws TrainingException {
        require("size_leaf_vector", leafVector(tree), "1");
        for (JsonNode type : tree.path("split_type")) {
            require("split_type", type.asText(), "0");
        }
        int[] missingLeft = ints(tree.path("default_left"));
        boolean[] left = new boolean[missingLeft.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = missingLeft[i] != 0;
        }
        return new Tree(
                output,
                ints(tree.path("left_children")),
                ints(tree.path("right_children")),
                ints(tree.path("split_indices")),
                floats(tree.path("split_conditions")),
                left,
                doubles(tree.path("loss_changes")));
    }

    /** Before 2.0 a scalar leaf was written as a vector of 0. */
    private static String leafVector(JsonNode tree) {
        String size = tree.path("tree_param").path("size_leaf_vector").asText();
        return size.equals("0") ? "1" : size;
    }

    private static float[] base(Objective objective, int outputs, String text)
            throws TrainingException {
        String[] parts = text.replaceAll("[\\[\\]\\s]", "").split(",");
        float[] base = new float[outputs];
        if (parts.length != 1 && parts.length != outputs) {
            throw new TrainingException(
                    "base_score is %s for %d outputs".formatted(text, outputs),
                    "give one, or one for each");
        }
        for (int i = 0; i < outputs; i++) {
            float score = number(parts[parts.length == 1 ? 0 : i], text);
            base[i] = objective == Objective.BINARY ? logit(score) : score;
        }
        return base;
    }

    private static float number(String part, String text) throws TrainingException {
        try {
            float number = Float.parseFloat(part);
            if (Float.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notANumber(text);
        }
        throw notANumber(text);
    }

    private static TrainingException notANumber(String text) {
        return new TrainingException(
                "base_score is '" + text + "'", "save the model with XGBoost 2.0 or later");
    }

    private static float logit(float p) {
        return (float) StrictMath.log(p / (1.0 - p));
    }

    private static void require(String field, String value, String expected)
            throws TrainingException {
        if (!value.equals(expected)) {
            throw new TrainingException(
                    "trees of %s '%s' cannot be exported".formatted(field, value),
                    "train with %s '%s'".formatted(field, expected));
        }
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).floatValue();
        }
        return values;
    }

    private static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).doubleValue();
        }
        return values;
    }
}
