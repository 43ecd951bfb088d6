package com.shivx.operators.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.Role;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.drift.WatchedVersion;
import com.shivx.models.testing.DirectionModels;
import com.shivx.models.testing.MeasuredDirection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.streaming.api.functions.async.CollectionSupplier;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {

    @TempDir private Path folder;

    private Path allowed;
    private ModelRef version;

    @BeforeEach
    void writeAVersion() throws IOException {
        allowed = Files.createDirectories(folder.resolve("models"));
        version = DirectionModels.write(allowed, "1.0.0", DirectionModels.constant("1.0.0", 0.4f));
    }

    @Test
    void aVersionIsWatchedByWhatLiesBesideIt() throws Exception {
        Files.write(allowed.resolve("reference.json"), MeasuredDirection.reference());
        Files.writeString(allowed.resolve("importance.json"), "{\"log_return_1s\": 0.7}");

        WatchedVersion watched = watched(version);

        assertThat(watched.unwatched()).isNull();
        assertThat(watched.role()).isEqualTo(Role.CHAMPION);
        assertThat(watched.featureSetHash()).isEqualTo(MeasuredDirection.SET.hash());
        assertThat(watched.reference()).isEqualTo(MeasuredDirection.reference());
        assertThat(watched.importance()).containsOnlyKeys("log_return_1s");
    }

    @Test
    void whatCannotBeWatchedSaysWhyAndWhatToDo() throws Exception {
        assertThat(watched(version).unwatched())
                .startsWith("direction@1.0.0 is not watched: there is no reference.json beside")
                .contains("shivx train");
        Files.writeString(allowed.resolve("reference.json"), "{}");
        assertThat(watched(version).unwatched()).contains("reference.json format is missing");
        Files.write(allowed.resolve("reference.json"), MeasuredDirection.reference());
        assertThat(watched(new ModelRef("1.0.0", version.uri(), "0".repeat(64))).unwatched())
                .contains("checksum");
        assertThat(
                        watched(new ModelRef("1.0.0", "s3://elsewhere/m.onnx", version.sha256()))
                                .unwatched())
                .contains("lies outside");
    }

    /** What may be read is where it may be read from, by whatever name. */
    @Test
    void aLinkBesideAModelLeadsNowhereElse() throws Exception {
        Path elsewhere = folder.resolve("secret.json");
        Files.write(elsewhere, MeasuredDirection.reference());
        Files.createSymbolicLink(allowed.resolve("reference.json"), elsewhere);

        assertThat(watched(version).unwatched()).contains("outside");
    }

    @Test
    void whatTakesTooLongCannotBeWatched() {
        ReferencesFunction function =
                new ReferencesFunction(new References(List.of(), null, 1), 5_000);
        List<WatchedDeployment> found = new ArrayList<>();
        function.timeout(
                DirectionModels.alone(4, version),
                new ResultFuture<>() {
                    @Override
                    public void complete(Collection<WatchedDeployment> result) {
                        found.addAll(result);
                    }

                    @Override
                    public void completeExceptionally(Throwable error) {
                        throw new AssertionError(error);
                    }

                    @Override
                    public void complete(CollectionSupplier<WatchedDeployment> supplier) {
                        throw new AssertionError("nobody asks for it");
                    }
                });

        assertThat(found)
                .singleElement()
                .satisfies(
                        deployment -> {
                            assertThat(deployment.generation()).isEqualTo(4);
                            assertThat(deployment.versions().get(0).unwatched())
                                    .contains("within 5000 ms");
                        });
    }

    private WatchedVersion watched(ModelRef ref) {
        return new References(List.of(allowed.toString()), null, 1)
                .of(DirectionModels.alone(1, ref))
                .versions()
                .get(0);
    }
}
