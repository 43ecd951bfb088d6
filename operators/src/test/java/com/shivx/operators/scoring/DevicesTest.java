package com.shivx.operators.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.onnx.Device;
import com.shivx.models.onnx.OnnxModel;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DevicesTest {

    @Test
    void takesTheCpuWhateverElseThereIs() {
        assertThat(Devices.of(ScoringDevice.CPU, subtask(0, "0"), kind -> true))
                .containsExactly(Device.CPU);
    }

    @ParameterizedTest
    @EnumSource(
            value = ScoringDevice.class,
            names = {"CUDA", "TENSORRT"})
    void endsTheJobWhereFlinkHasNoGpuForIt(ScoringDevice wanted) {
        for (RuntimeContext subtask : List.of(subtask(0), subtask(0, "no number"))) {
            assertThatThrownBy(() -> Devices.of(wanted, subtask, kind -> true))
                    .isInstanceOf(SuppressRestartsException.class)
                    .rootCause()
                    .hasMessageContaining("give its TaskManagers external-resources: gpu")
                    .hasMessageEndingWith("or set scoring.device to auto or cpu");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ScoringDevice.class,
            names = {"CUDA", "TENSORRT"})
    void endsTheJobWhereTheRuntimeKnowsNoGpus(ScoringDevice wanted) {
        assertThatThrownBy(() -> Devices.of(wanted, subtask(0, "0"), kind -> false))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessageContaining("has no " + wanted + "; put onnxruntime_gpu in the place of")
                .hasMessageEndingWith("or set scoring.device to auto or cpu");
    }

    @Test
    void goesOnWithTheCpuWhereTheChoiceIsOurs() {
        assertThat(Devices.of(ScoringDevice.AUTO, subtask(0), kind -> true))
                .containsExactly(Device.CPU);
        assertThat(Devices.of(ScoringDevice.AUTO, subtask(0, "0"), kind -> false))
                .containsExactly(Device.CPU);
        assertThat(Devices.of(ScoringDevice.AUTO, subtask(0, "3"), kind -> true))
                .containsExactly(Device.CPU, new Device(Device.Kind.CUDA, 3));
    }

    @Test
    void takesGpusInTurn() {
        assertThat(Devices.of(ScoringDevice.CUDA, subtask(0, "2", "0"), kind -> true))
                .containsExactly(new Device(Device.Kind.CUDA, 0));
        assertThat(Devices.of(ScoringDevice.TENSORRT, subtask(1, "2", "0"), kind -> true))
                .containsExactly(new Device(Device.Kind.TENSORRT, 2));
        assertThat(Devices.of(ScoringDevice.CUDA, subtask(2, "2", "0"), kind -> true))
                .containsExactly(new Device(Device.Kind.CUDA, 0));
    }

    @Test
    void doesNotStartAJobThatMustHaveAGpu() throws Exception {
        int before = OnnxModel.open();
        // Not closed: a harness would finish what has never begun.
        OneInputStreamOperatorTestHarness<ScoringInput, ScoredPrediction> harness =
                ScoringHarness.of(
                        ScoringHarness.rules(ScoringDevice.CUDA), BaselineMomentum.artifact());
        assertThatThrownBy(harness::open).hasStackTraceContaining("Flink has no GPU");
        harness.getOperator().close();
        harness.getEnvironment().close();
        assertThat(OnnxModel.open()).isEqualTo(before);
    }

    @Test
    void startsAJobThatMayHaveOne() throws Exception {
        try (OneInputStreamOperatorTestHarness<ScoringInput, ScoredPrediction> harness =
                ScoringHarness.of(
                        ScoringHarness.rules(ScoringDevice.AUTO), BaselineMomentum.artifact())) {
            harness.open();
            harness.processElement(ScoringInput.of(ScoringHarness.vector(0, true)), 0);
            harness.getOperator().finish();
            assertThat(harness.getRecordOutput()).hasSize(1);
        }
    }

    private static RuntimeContext subtask(int index, String... gpus) {
        Set<ExternalResourceInfo> infos =
                Arrays.stream(gpus).<ExternalResourceInfo>map(Gpu::new).collect(Collectors.toSet());
        return new MockStreamingRuntimeContext(
                3,
                index,
                new MockEnvironmentBuilder()
                        .setMaxParallelism(3)
                        .setParallelism(3)
                        .setSubtaskIndex(index)
                        .setExternalResourceInfoProvider(
                                name -> name.equals("gpu") ? infos : Set.of())
                        .build());
    }

    /** As Flink's own driver tells of one. */
    private record Gpu(String index) implements ExternalResourceInfo {
        @Override
        public Optional<String> getProperty(String key) {
            return key.equals("index") ? Optional.of(index) : Optional.empty();
        }

        @Override
        public Collection<String> getKeys() {
            return Set.of("index");
        }
    }
}
