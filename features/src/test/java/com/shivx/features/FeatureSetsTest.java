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

    @Test
    void refusesTwoSetsOfOneName(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(FeatureSetProvider.class.getName()), Impostor.class.getName());
        URL[] urls = {folder.toUri().toURL()};
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(urls, before)) {
            thread.setContextClassLoader(loader);
            assertThatThrownBy(FeatureSets::all)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Two different feature sets are named 'market-v1'")
                    .hasMessageContaining("Impostor");
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
