package com.shivx.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.cli.deploy.ModelStatus;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelNameTest {

    private static final Deployment DEPLOYMENT =
            new Deployment(
                    "direction",
                    4,
                    DeploymentMode.CANARY,
                    ref("2.0.0"),
                    ref("2.1.0"),
                    0.125,
                    List.of(ref("3.0.0")),
                    Deployment.ALL_SYMBOLS,
                    RoutingUnit.SYMBOL_SLICE,
                    Deployment.DEFAULT_SLICE_MICROS,
                    "",
                    "");

    @Test
    void isAsTheOptionsSayUntilASubtaskSaysWhatServes() {
        Configuration options = new Configuration();
        assertThat(ModelName.of(List.of(), options)).isEqualTo("baseline-momentum on market-v1");
        options.set(ScoringOptions.MODEL, "/models/mine.onnx");
        assertThat(ModelName.of(List.of(), options)).isEqualTo("mine.onnx on market-v1");
    }

    @Test
    void namesWhatServesAndWhatStandsBesideIt() {
        assertThat(
                        ModelName.of(
                                List.of(
                                        line("baseline-momentum", 0, null, 0, 0),
                                        line("direction", 4, DEPLOYMENT, 4, 4)),
                                new Configuration()))
                .isEqualTo(
                        "baseline-momentum@2.0.0, direction@2.0.0 + canary 2.1.0 (12.5 %) + shadow 3.0.0 on market-v1");
    }

    @Test
    void saysHowFarASwapHasCome() {
        assertThat(
                        ModelName.of(
                                List.of(line("direction", 4, DEPLOYMENT, 4, 3)),
                                new Configuration()))
                .isEqualTo("direction@2.0.0 (1 of 2 subtasks so far) on market-v1");
    }

    private static ModelStatus line(
            String model,
            long generation,
            @Nullable Deployment deployment,
            long first,
            long second) {
        return new ModelStatus(
                model,
                generation,
                deployment,
                2,
                List.of(
                        new ModelStatus.Subtask(0, first, "2.0.0", null),
                        new ModelStatus.Subtask(1, second, "2.0.0", null)));
    }

    private static ModelRef ref(String version) {
        return new ModelRef(version, "file:///models/m.onnx", "0".repeat(64));
    }
}
