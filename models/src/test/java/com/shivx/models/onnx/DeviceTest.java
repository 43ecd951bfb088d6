package com.shivx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.contract.FeatureFit;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.graph.InputLayout;
import com.shivx.models.graph.ServingGraph;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceTest {

    @Test
    void isNamedAsPeopleNameIt() {
        assertThat(Device.CPU).hasToString("cpu");
        assertThat(new Device(Device.Kind.CUDA, 0)).hasToString("cuda:0");
        assertThat(new Device(Device.Kind.TENSORRT, 1)).hasToString("tensorrt:1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Device(Device.Kind.CUDA, -1));
    }

    @Test
    void hasTheCpuInEveryRuntime() throws Exception {
        assertThat(Device.Kind.CPU.isBuiltIn()).isTrue();
        try (OnnxModel model = ModelLoader.DEFAULT.load(BaselineMomentum.artifact())) {
            assertThat(model.device()).isEqualTo(Device.CPU);
        }
    }

    @Test
    void isPartOfWhatALoaderIs() {
        Device gpu = new Device(Device.Kind.CUDA, 1);
        ModelLoader loader = ModelLoader.DEFAULT.on(gpu).upTo(1 << 20);
        assertThat(loader.device()).isEqualTo(gpu);
        assertThat(loader.maxBatch()).isEqualTo(InputLayout.MAX_BATCH);
        assertThat(loader.trialTime()).isEqualTo(ModelLoader.DEFAULT.trialTime());
        assertThat(loader).isNotEqualTo(loader.on(Device.CPU));
    }

    /** The CPU stands in for a GPU, whose every call has all rows that it may have. */
    @Test
    void triesOneBatchWhereSizesCannotBeReliedOn() throws Exception {
        ModelArtifact artifact = BaselineMomentum.artifact();
        ServingGraph graph = ServingGraph.parse(artifact.bytes());
        FeatureFit fit = FeatureFit.of(artifact.contract(), graph.inputs());
        TrialRows rows = new TrialRows(fit.low(), fit.high(), graph.inputs().wholeNumbers());
        try (OnnxSession session = OnnxSession.open(graph.bytes(), Device.CPU)) {
            TrialRun.Findings findings =
                    new TrialRun(session, graph, artifact.contract(), rows, 64)
                            .run(64, Duration.ofSeconds(10));
            assertThat(findings.batchSizes()).containsExactly(64);
        }
        assertThat(Device.CPU.hasOneBatchSize()).isFalse();
        assertThat(new Device(Device.Kind.CUDA, 0).hasOneBatchSize()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Device.Kind.class,
            names = {"CUDA", "TENSORRT"})
    void refusesAGpuThatTheRuntimeDoesNotKnow(Device.Kind kind) {
        assumeThat(kind.isBuiltIn()).as("%s of this ONNX Runtime", kind).isFalse();
        int before = OnnxModel.open();

        assertThatThrownBy(
                        () ->
                                ModelLoader.DEFAULT
                                        .on(new Device(kind, 0))
                                        .load(BaselineMomentum.artifact()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("cannot load it to " + new Device(kind, 0))
                .hasMessageContaining("or let it score on the cpu");

        assertThat(OnnxModel.open()).isEqualTo(before);
    }
}
