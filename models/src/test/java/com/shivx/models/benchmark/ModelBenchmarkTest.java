package com.shivx.models.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.testing.Graphs;
import com.shivx.models.testing.Networks;
import com.shivx.models.testing.Networks.Layer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is measured, by a clock that steps at every look. */
class ModelBenchmarkTest {

    private static final long STEP_NANOS = 1_000;
    private static final Duration MEASURED = Duration.ofNanos(300 * STEP_NANOS);

    private int openBefore;

    /** Each look is a microsecond after the one before. */
    private static final class SteppingClock implements LongSupplier {

        private long nanos;

        @Override
        public long getAsLong() {
            return nanos += STEP_NANOS;
        }
    }

    @BeforeEach
    void countOpenModels() {
        openBefore = OnnxModel.open();
    }

    @AfterEach
    void leavesNoModelOpen() {
        assertThat(OnnxModel.open()).isEqualTo(openBefore);
    }

    @Test
    void measuresEachModelAtEachNumberOfRows() throws Exception {
        ModelArtifact wide = Networks.of(Layer.GEMM, 4, 32);
        List<String> told = new ArrayList<>();
        List<ModelSpeed> speeds =
                benchmark(1, 2, 8, 300)
                        .run(
                                List.of(
                                        entrant("wide", wide),
                                        entrant("narrow", Networks.of(Layer.GEMM, 4, 2))),
                                told::add);

        assertThat(speeds).extracting(ModelSpeed::name).containsExactly("wide", "narrow");
        assertThat(speeds.get(0).bytes()).isEqualTo(wide.bytes().length);
        assertThat(speeds.get(0).loadNanos()).isEqualTo(STEP_NANOS);
        assertThat(speeds)
                .allSatisfy(
                        speed -> {
                            assertThat(speed.batches())
                                    .extracting(BatchSpeed::rows)
                                    .containsExactly(1, 2, 8, 300);
                            assertThat(speed.batches())
                                    .extracting(BatchSpeed::callRows)
                                    .containsExactly(2, 2, 8, 256);
                        });
        BatchSpeed eight = speeds.get(1).batches().get(2);
        assertThat(eight.times()).isEqualTo(300);
        assertThat(eight.rowsPerSecond()).isEqualTo(8 * 1e9 / STEP_NANOS);
        assertThat(eight.p50Nanos()).isBetween(STEP_NANOS * 63 / 64, STEP_NANOS);
        assertThat(eight.p99Nanos()).isEqualTo(eight.p50Nanos());
        assertThat(told)
                .containsExactly(
                        "loading wide",
                        "loading narrow",
                        "1 rows at once",
                        "2 rows at once",
                        "8 rows at once",
                        "300 rows at once");
    }

    @Test
    void callsAModelOfAFixedBatchWithIt() throws Exception {
        ModelArtifact fixed =
                ModelArtifact.of(Graphs.softmax(4, 4).toBytes(), Networks.contract(4));
        List<ModelSpeed> speeds = benchmark(1, 32).run(List.of(entrant("fixed", fixed)), m -> {});

        assertThat(speeds.get(0).batches()).extracting(BatchSpeed::callRows).containsExactly(4, 4);
    }

    @Test
    void leavesNothingOpenWhereOneDoesNotLoad() {
        List<ModelBenchmark.Entrant> entrants =
                List.of(
                        entrant("sound", Networks.of(Layer.GEMM, 4, 2)),
                        entrant(
                                "unsound",
                                ModelArtifact.of(
                                        Graphs.sum(4, "Sigmoid").toBytes(), Networks.contract(4))));

        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> benchmark(2).run(entrants, m -> {}));
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        assertThatIllegalArgumentException().isThrownBy(() -> benchmark(2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> benchmark());
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ModelBenchmark(List.of(1), Duration.ZERO, new SteppingClock()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new ModelBenchmark.Entrant(
                                        "bare", Networks.of(Layer.GEMM, 4, 2), List.of()));
    }

    private static ModelBenchmark benchmark(Integer... rows) {
        return new ModelBenchmark(List.of(rows), MEASURED, new SteppingClock());
    }

    private static ModelBenchmark.Entrant entrant(String name, ModelArtifact artifact) {
        return new ModelBenchmark.Entrant(name, artifact, List.of(Networks.rows(1, 5, 4)));
    }
}
