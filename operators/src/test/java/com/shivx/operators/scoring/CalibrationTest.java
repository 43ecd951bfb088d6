package com.shivx.operators.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.onnx.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {

    /**
     * Both in microseconds a call: of 100 rows on the GPU, of 10 on the CPU; the budget is 5 ms.
     */
    @ParameterizedTest
    @CsvSource({
        "100, 100, true", // ten times the vectors a second
        "960, 100, false", // hardly more, and a larger batch takes longer to fill
        "1100, 100, false", // fewer
        "5100, 5000, false", // more, but beyond the budget
        "4000, 6000, true", // the other is beyond it
        "4900, 5100, true" // the same again
    })
    void leavesTheCpuForAGpuThatIsWorthIt(long gpuMicros, long cpuMicros, boolean isLeft) {
        Device gpu = new Device(Device.Kind.CUDA, 0);
        Calibration onGpu = new Calibration(gpu, 100, gpuMicros * 1_000);
        Calibration onCpu = new Calibration(Device.CPU, 10, cpuMicros * 1_000);

        assertThat(onGpu.beats(onCpu, 5)).isEqualTo(isLeft);
    }

    @ParameterizedTest
    @CsvSource({"4999, true", "5001, false"})
    void leavesADeviceThatIsTooSlowForOneThatIsNot(long gpuMicros, boolean isLeft) {
        Calibration onGpu = new Calibration(new Device(Device.Kind.CUDA, 0), 1, gpuMicros * 1_000);
        Calibration onCpu = new Calibration(Device.CPU, 10, 5_002_000);

        assertThat(onGpu.beats(onCpu, 5)).isEqualTo(isLeft);
    }
}
