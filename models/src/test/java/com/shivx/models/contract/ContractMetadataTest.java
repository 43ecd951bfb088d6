package com.shivx.models.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.Action;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.graph.ServingGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContractMetadataTest {

    private static ModelContract contract(
            Task task, List<String> classes, @Nullable Action... actions) {
        return new ModelContract(
                "m",
                "1.2.3",
                task,
                null,
                null,
                List.of("a", "b"),
                classes,
                new ArrayList<>(Arrays.asList(actions)),
                null,
                false);
    }

    @Test
    void saysWhatAWholeModelSays() throws Exception {
        ModelArtifact artifact = BaselineMomentum.artifact();
        assertThat(ContractMetadata.of(artifact.contract()))
                .isEqualTo(ServingGraph.parse(artifact.bytes()).metadata());
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(ContractMetadata.of(contract(Task.REGRESSION, List.of())))
                .isEqualTo(
                        Map.of(
                                "shivx.model", "m",
                                "shivx.version", "1.2.3",
                                "shivx.task", "regression",
                                "shivx.columns", "a,b"));
    }

    @Test
    void namesActionsOfClassesThatHaveOne() {
        List<String> classes = List.of("X", "Y");
        assertThat(ContractMetadata.of(contract(Task.CLASSIFICATION, classes, null, Action.BUY)))
                .containsEntry("shivx.actions", "Y=BUY")
                .containsEntry("shivx.classes", "X,Y");
        @Nullable Action[] none = Collections.nCopies(2, null).toArray(new Action[2]);
        assertThat(ContractMetadata.of(contract(Task.CLASSIFICATION, classes, none)))
                .doesNotContainKey("shivx.actions");
    }
}
