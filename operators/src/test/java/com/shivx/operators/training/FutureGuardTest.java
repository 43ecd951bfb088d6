package com.shivx.operators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSetProvider;
import com.shivx.features.FeatureSets;
import com.shivx.features.Moment;
import com.shivx.features.TickKernel;
import com.shivx.features.WarmUp;
import com.shivx.features.Watch;
import com.shivx.features.testing.SimulatedTape;
import com.shivx.features.tick.Tick;
import com.shivx.operators.features.IngestedTick;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FutureGuardTest {

    private static final List<Tick> TAPE = SimulatedTape.quotesOnly(8).ticks(5_000);

    @Test
    void aSetThatSeesThePastAloneMayBeTrainedOn() {
        FutureGuard guard = new FutureGuard(FeatureSets.byName("market-v1"));

        assertThatCode(() -> TAPE.forEach(guard::onTick)).doesNotThrowAnyException();
    }

    @Test
    void aPlantedFeatureFromTheFutureMayNot() {
        FutureGuard guard = new FutureGuard(new Planted().featureSet());

        assertThatThrownBy(() -> TAPE.forEach(guard::onTick))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Feature next_price of planted-v1")
                .hasMessageContaining("sees the future");
    }

    @Test
    void ticksGoThroughToASetThatSeesThePastAlone() throws Exception {
        assertThat(guarded("market-v1")).hasSameSizeAs(TAPE);
    }

    /** What is backfilled may be learned from without its ticks. */
    @Test
    void aBackfillOfThePlantedFeatureEndsForGood(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(FeatureSetProvider.class.getName()), Planted.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader plugin =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(plugin);
            Throwable thrown = catchThrowable(() -> guarded("planted-v1"));
            assertThat(thrown)
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Feature next_price of planted-v1");
            assertThat(ThrowableClassifier.getThrowableType(thrown))
                    .isEqualTo(ThrowableType.NonRecoverableError);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static List<IngestedTick> guarded(String featureSet) throws Exception {
        try (OneInputStreamOperatorTestHarness<IngestedTick, IngestedTick> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new FutureGuardFunction(featureSet)))) {
            harness.open();
            for (Tick tick : TAPE) {
                harness.processElement(new IngestedTick(tick, 0), 0);
            }
            return List.copyOf(harness.extractOutputValues());
        }
    }

    /** A set of one feature that knows the price ten ticks later. */
    public static final class Planted implements FeatureSetProvider {

        @Override
        public FeatureSet featureSet() {
            return FeatureSet.builder("planted-v1")
                    .feature(
                            new Feature(
                                    "next_price",
                                    "price",
                                    0,
                                    1e9,
                                    WarmUp.ticks(1),
                                    Watch.DISTRIBUTION,
                                    "The price ten ticks later, remembered from an earlier run."),
                            new Remembers(10),
                            (kernel, now, state, at) -> kernel.later(now))
                    .build();
        }
    }

    /** Knows what a run before this one has seen: as a cache of a whole tape would. */
    private record Remembers(long ahead) implements TickKernel {

        private static final Map<Long, Double> PRICES = new HashMap<>();

        @Override
        public int slots() {
            return 0;
        }

        @Override
        public void onTick(Moment now, double[] state, int at) {
            PRICES.put((long) now.ticks(), now.price());
        }

        double later(Moment now) {
            return PRICES.getOrDefault((long) now.ticks() + ahead, Double.NaN);
        }
    }
}
