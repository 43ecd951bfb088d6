package com.shivx.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.returns.TickReturn;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureSetsTest {

    @Test
    void findsTheSetThatShips() {
        assertThat(FeatureSets.byName("market-v1").name()).isEqualTo("market-v1");
    }

    @Test
    void namesTheKnownSetsWhereOneIsMissing() {
        assertThatThrownBy(() -> FeatureSets.byName("market-v9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No feature set 'market-v9'; known are market-v1, streaks-v1")
                .hasMessageContaining("META-INF/services");
    }

    /** Calls itself what another set is called. */
    public static final class Impostor implements FeatureSetProvider {

        @Override
        public FeatureSet featureSet() {
            Feature schema =
                    new Feature("r", "1", -1, 1, WarmUp.NONE, Watch.RANGE, "Something else");
            return FeatureSet.builder("market-v1")
                    .feature(schema, new TickReturn(), TickReturn::value)
                    .build();
        }
    }

    /** Cannot be made. */
    public static final class Unmade implements FeatureSetProvider {

        public Unmade() {
            throw new IllegalArgumentException("no sun today");
        }

        @Override
        public FeatureSet featureSet() {
            throw new AssertionError("never made");
        }
    }

    /** Cannot build its set. */
    public static final class Unbuilt implements FeatureSetProvider {

        @Override
        public FeatureSet featureSet() {
            return FeatureSet.builder("empty-v1").build();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Impostor | Two different feature sets are named 'market-v1'; rename the one of",
                "Unmade | FeatureSetsTest$Unmade could not be instantiated: java.lang.IllegalArgumentException: no sun today",
                "Unbuilt | FeatureSetsTest$Unbuilt cannot be built: java.lang.IllegalArgumentException: empty-v1 has no feature",
                "Nowhere | FeatureSetsTest$Nowhere not found",
            })
    void saysInALineWhichProviderIsWrong(String provider, String message, @TempDir Path folder)
            throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(FeatureSetProvider.class.getName()),
                getClass().getName() + "$" + provider);
        URL[] urls = {folder.toUri().toURL()};
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(urls, before)) {
            thread.setContextClassLoader(loader);
            assertThatThrownBy(FeatureSets::all)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(message)
                    .hasMessageContaining(provider)
                    .hasMessageNotContaining("\n");
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
