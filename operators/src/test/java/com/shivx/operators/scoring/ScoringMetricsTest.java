package com.shivx.operators.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.onnx.Device;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.metrics.groups.GenericMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringMetricsTest {

    /** By name and labels, such as {@code deviceInUse {<device>=cpu}}. */
    private final Map<String, Metric> registered = new HashMap<>();

    private final ScoringMetrics metrics =
            new ScoringMetrics(
                    new GenericMetricGroup(
                            TestingMetricRegistry.builder()
                                    .setRegisterConsumer(
                                            (metric, name, group) ->
                                                    registered.put(
                                                            name + " " + group.getAllVariables(),
                                                            metric))
                                    .build(),
                            null,
                            "operator"));

    @ParameterizedTest
    @CsvSource({
        "-5, 1",
        "0, 1",
        "1, 1",
        "2, 2",
        "3, 5",
        "100, 100",
        "101, 200",
        "9999, 10000",
        "10000, 10000",
        "10001, 9223372036854775807",
        "9223372036854775807, 9223372036854775807"
    })
    void countsALatencyInTheFirstBucketThatHoldsIt(long millis, long bound) {
        assertThat(ScoringMetrics.boundOf(ScoringMetrics.bucketOf(millis))).isEqualTo(bound);
    }

    @Test
    void tellsWhichDeviceAVersionIsOnAndInWhatBatches() {
        ScoringMetrics.Version version = metrics.of("direction", "2.1.0", Role.CANARY);
        assertThat(gauge("deviceInUse", "device", "cpu")).isEqualTo(0);
        version.onCalibrated(new Calibration(new Device(Device.Kind.CUDA, 1), 256, 1_000));
        assertThat(gauge("deviceInUse", "device", "cuda")).isEqualTo(1);
        assertThat(gauge("deviceInUse", "device", "cpu")).isEqualTo(0);
        assertThat(gauge("calibratedBatchSize", "role", "CANARY")).isEqualTo(256);
        version.onCalibrated(new Calibration(Device.CPU, 16, 1_000));
        assertThat(gauge("deviceInUse", "device", "cuda")).isEqualTo(0);
        assertThat(gauge("deviceInUse", "device", "cpu")).isEqualTo(1);
        assertThat(gauge("calibratedBatchSize", "role", "CANARY")).isEqualTo(16);
    }

    @Test
    void countsPredictionsByWhatBecameOfThem() {
        ScoringMetrics.Version version = metrics.of("direction", "2.1.0", Role.CHAMPION);
        version.onPredictions(PredictionStatus.FAILED, 3);
        version.onPredictions(PredictionStatus.FAILED, 4);
        assertThat(((Counter) found("predictions", "status", "FAILED")).getCount()).isEqualTo(7);
        assertThat(((Counter) found("predictions", "status", "OK")).getCount()).isZero();
    }

    private Object gauge(String name, String label, String value) {
        return ((Gauge<?>) found(name, label, value)).getValue();
    }

    private Metric found(String name, String label, String value) {
        return registered.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + " "))
                .filter(entry -> entry.getKey().contains("<" + label + ">=" + value))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + registered.keySet()));
    }
}
