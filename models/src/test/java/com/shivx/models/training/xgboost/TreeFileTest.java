package com.shivx.models.training.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.shivx.models.training.TrainingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeFileTest {

    /** Two rounds of one tree each, in the words of XGBoost 3. */
    private static final String MODEL =
            """
            {"learner": {
              "gradient_booster": {"name": "gbtree", "model": {
                "iteration_indptr": [0, 1, 2],
                "tree_info": [0, 0],
                "trees": [
                  {"left_children": [1, -1, -1], "right_children": [2, -1, -1],
                   "split_indices": [1, 0, 0], "split_conditions": [1.1754944E-38, -4.5361078E-1, 0.5],
                   "default_left": [1, 0, 0], "loss_changes": [3.5, 0, 0], "split_type": [0, 0, 0],
                   "tree_param": {"size_leaf_vector": "1"}},
                  {"left_children": [-1], "right_children": [-1], "split_indices": [0],
                   "split_conditions": [0.25], "default_left": [0], "loss_changes": [0],
                   "split_type": [0], "tree_param": {"size_leaf_vector": "1"}}]}},
              "learner_model_param": {"base_score": "[5.089E-1]", "num_class": "0", "num_feature": "2",
                                      "num_target": "1"},
              "objective": {"name": "binary:logistic"}}}
            """;

    private static TreeEnsemble read(String json, int rounds) throws TrainingException {
        return TreeFile.read(json.getBytes(StandardCharsets.UTF_8), rounds);
    }

    @Test
    void readsTreesUpToARound() throws Exception {
        TreeEnsemble one = read(MODEL, 1);
        assertThat(one.trees()).hasSize(1);
        assertThat(one.columns()).isEqualTo(2);
        assertThat(one.splits(1)).containsExactly(Float.MIN_NORMAL);
        assertThat(one.splits(0)).isEmpty();
        assertThat(one.gainShares()).containsExactly(0, 1);
        assertThat(one.trees().get(0).conditions()[1]).isEqualTo(-0.45361078f);
        assertThat(one.trees().get(0).missingLeft()[0]).isTrue();
        assertThat(read(MODEL, 2).trees()).hasSize(2);
    }

    @Test
    void takesTheLogitOfAProbabilityAndMarginsAsTheyAre() throws Exception {
        assertThat(read(MODEL, 1).base()[0])
                .isCloseTo((float) Math.log(0.5089 / 0.4911), within(1e-6f));
        String softmax =
                MODEL.replace("binary:logistic", "multi:softprob")
                        .replace("\"num_class\": \"0\"", "\"num_class\": \"3\"");
        assertThat(read(softmax.replace("[5.089E-1]", "[1E-1,-2E-1, 3E-1]"), 1).base())
                .containsExactly(0.1f, -0.2f, 0.3f);
        // Before 3.0 one number stood for all classes.
        assertThat(read(softmax.replace("[5.089E-1]", "5E-1"), 1).base())
                .containsExactly(0.5f, 0.5f, 0.5f);
        String value = MODEL.replace("binary:logistic", "reg:squarederror");
        assertThat(read(value, 1).base()).containsExactly(0.5089f);
    }

    @Test
    void readsAScalarLeafAsOlderVersionsWriteIt() throws Exception {
        String older = MODEL.replace("\"size_leaf_vector\": \"1\"", "\"size_leaf_vector\": \"0\"");
        assertThat(read(older, 2).trees()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gbtree|dart|trees of booster 'dart' cannot be exported; train with booster 'gbtree'",
                "`\"split_type\": [0, 0, 0]`|`\"split_type\": [1, 0, 0]`|trees of split_type '1' cannot",
                "`\"size_leaf_vector\": \"1\"`|`\"size_leaf_vector\": \"3\"`|size_leaf_vector '3'",
                "`\"num_target\": \"1\"`|`\"num_target\": \"2\"`|trees of num_target '2' cannot",
                "binary:logistic|rank:ndcg|objective 'rank:ndcg' cannot be exported; train for one of",
                "[5.089E-1]|[a]|base_score is '[a]'",
                "[5.089E-1]|[1E99]|base_score is '[1E99]'",
                "[5.089E-1]|`[1,2]`|base_score is [1,2] for 1 outputs",
                "`{\"learner\"`|`{learner`|XGBoost's model is no JSON"
            })
    void refusesWhatItDoesNotKnowByName(String from, String to, String message) {
        assertThat(MODEL).contains(from);
        assertThatThrownBy(() -> read(MODEL.replace(from, to), 1))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"0", "3"})
    void refusesRoundsThatAreNotThere(int rounds) {
        assertThatThrownBy(() -> read(MODEL, rounds))
                .hasMessageContaining(rounds + " rounds are wanted of 2");
    }
}
