package com.shivx.operators.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.shivx.models.artifact.NamedNumbers;
import com.shivx.models.candidate.CandidateTraining;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.outcome.ValidatedDeployment;
import com.shivx.models.outcome.ValidatedVersion;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Provenance;
import com.shivx.models.registry.ProvenanceJson;
import com.shivx.models.testing.DirectionModels;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidatedMetricsFunctionTest {

    private static final String ELSEWHERE = "s3://models";
    private static final long TIMEOUT_MILLIS = 5_000;
    private static final long MINUTE = 60_000_000;

    @TempDir private Path folder;

    private Path allowed;

    @BeforeEach
    void allowAFolder() throws IOException {
        allowed = Files.createDirectories(folder.resolve("models"));
    }

    @Test
    void whatLiesBesideAVersionSaysWhatItWasValidatedToBe() throws Exception {
        ModelRef version = version("1.0.0");
        metrics("1.0.0", Map.of("log_loss", 1.02, "accuracy", 0.57));
        horizon("1.0.0", "PT60S");

        assertThat(found(version)).isEqualTo(new ValidatedVersion("1.0.0", 0.57, MINUTE));
    }

    @Test
    void everyMemberIsLookedForAndNoneStandsInForAnother() throws Exception {
        ModelRef champion = version("1.0.0");
        metrics("1.0.0", Map.of("accuracy", 0.5));
        ModelRef canary = version("1.1.0");
        ModelRef shadow = version("1.2.0");
        metrics("1.2.0", Map.of("accuracy", 0.6));
        horizon("1.2.0", "PT1S");

        assertThat(found(List.of(deployment(7, champion, canary, shadow)), false))
                .containsExactly(
                        new ValidatedDeployment(
                                DirectionModels.MODEL,
                                7,
                                List.of(
                                        new ValidatedVersion("1.0.0", 0.5, 0),
                                        ValidatedVersion.unknown("1.1.0"),
                                        new ValidatedVersion("1.2.0", 0.6, 1_000_000))));
    }

    @Test
    void aVersionThatNobodyHasValidatedHasNoAccuracy() throws Exception {
        ModelRef version = version("1.0.0");
        metrics("1.0.0", Map.of("log_loss", 1.02));
        horizon("1.0.0", "PT60S");

        assertThat(found(version)).isEqualTo(new ValidatedVersion("1.0.0", Double.NaN, MINUTE));
    }

    /** Its provenance says how it was made and, as the original's said nothing, of no data. */
    @Test
    void aQuantisedVersionIsHeldToWhatItsOriginalWas() throws Exception {
        ModelRef version = version("1.0.0+int8");
        metrics(
                "1.0.0+int8",
                Map.of(
                        "original.accuracy",
                        0.57,
                        "quantization.before.accuracy",
                        0.75,
                        "quantization.after.accuracy",
                        0.5));
        write("1.0.0+int8", ArtifactFile.PROVENANCE, "{\"quantized\": {\"from\": \"a@1\"}}");

        ValidatedVersion found = found(version);

        assertThat(found.accuracy()).isCloseTo(0.57 - 0.25, within(1e-12));
        assertThat(found.horizonMicros()).isZero();
    }

    @Test
    void filesThatCannotBeReadSayNothingAndStopNothing() throws Exception {
        ModelRef noMetrics = version("1.0.0");
        write("1.0.0", ArtifactFile.METRICS, "{\"accuracy\": \"high\"}");
        ModelRef noHorizon = version("1.1.0");
        metrics("1.1.0", Map.of("accuracy", 0.5));
        horizon("1.1.0", "soon");
        ModelRef noProvenance = version("1.2.0");
        metrics("1.2.0", Map.of("accuracy", 0.5));
        write("1.2.0", ArtifactFile.PROVENANCE, "no JSON");
        ModelRef sound = version("1.3.0");
        metrics("1.3.0", Map.of("accuracy", 0.5));

        assertThat(found(List.of(deployment(1, noMetrics, noHorizon, noProvenance, sound)), false))
                .singleElement()
                .extracting(ValidatedDeployment::versions)
                .isEqualTo(
                        List.of(
                                ValidatedVersion.unknown("1.0.0"),
                                ValidatedVersion.unknown("1.1.0"),
                                ValidatedVersion.unknown("1.2.0"),
                                new ValidatedVersion("1.3.0", 0.5, 0)));
    }

    @Test
    void nothingIsReadFromWhereNothingMayComeFrom() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("model.onnx"), "never read here");
        Path secret = outside.resolve("metrics.json");
        Files.write(secret, NamedNumbers.bytes(Map.of("accuracy", 0.9)));
        ModelRef linked = version("1.0.0");
        Files.createSymbolicLink(allowed.resolve("1.0.0/metrics.json"), secret);

        assertThat(found(linked)).isEqualTo(ValidatedVersion.unknown("1.0.0"));
        for (String uri :
                List.of(
                        outside.resolve("model.onnx").toString(),
                        allowed + "/../outside/model.onnx",
                        "ftp://host/model.onnx",
                        ELSEWHERE + "/no file system.onnx")) {
            assertThat(found(new ModelRef("1.0.0", uri, "0".repeat(64))))
                    .as(uri)
                    .isEqualTo(ValidatedVersion.unknown("1.0.0"));
        }
    }

    @Test
    void whatTakesTooLongIsNotKnownAndHoldsUpNothing() throws Exception {
        ModelRef slow = version("1.0.0");
        Path hanging = allowed.resolve("1.0.0/metrics.json");
        assertThat(new ProcessBuilder("mkfifo", hanging.toString()).inheritIO().start().waitFor())
                .isZero();
        ModelRef next = version("2.0.0");
        metrics("2.0.0", Map.of("accuracy", 0.5));
        try {
            assertThat(found(List.of(deployment(1, slow), deployment(2, next)), true))
                    .extracting(ValidatedDeployment::generation, ValidatedDeployment::versions)
                    .containsExactly(
                            tuple(1L, List.of(ValidatedVersion.unknown("1.0.0"))),
                            tuple(2L, List.of(new ValidatedVersion("2.0.0", 0.5, 0))));
        } finally {
            // Whoever waits for it goes on.
            new RandomAccessFile(hanging.toFile(), "rw").close();
        }
    }

    private ValidatedVersion found(ModelRef ref) throws Exception {
        List<ValidatedDeployment> found = found(List.of(deployment(1, ref)), false);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).versions()).hasSize(1);
        return found.get(0).versions().get(0);
    }

    /** In the order in which they are deployed. */
    private List<ValidatedDeployment> found(List<Deployment> deployments, boolean isFirstTooLate)
            throws Exception {
        ValidatedMetricsFunction function =
                new ValidatedMetricsFunction(List.of(allowed.toString(), ELSEWHERE));
        try (OneInputStreamOperatorTestHarness<Deployment, ValidatedDeployment> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new AsyncWaitOperatorFactory<>(
                                function,
                                TIMEOUT_MILLIS,
                                deployments.size(),
                                AsyncDataStream.OutputMode.ORDERED),
                        TypeInformation.of(Deployment.class)
                                .createSerializer(new ExecutionConfig().getSerializerConfig()))) {
            harness.open();
            for (int i = 0; i < deployments.size(); i++) {
                harness.setProcessingTime(i);
                harness.processElement(deployments.get(i), 0);
            }
            if (isFirstTooLate) {
                harness.setProcessingTime(TIMEOUT_MILLIS);
            }
            harness.endInput();
            return List.copyOf(harness.extractOutputValues());
        }
    }

    private static Deployment deployment(long generation, ModelRef champion, ModelRef... others) {
        return new Deployment(
                DirectionModels.MODEL,
                generation,
                DeploymentMode.CANARY,
                champion,
                others.length == 0 ? null : others[0],
                others.length == 0 ? 0 : 0.1,
                others.length == 0 ? List.of() : List.of(others).subList(1, others.length),
                Deployment.ALL_SYMBOLS,
                RoutingUnit.SYMBOL_SLICE,
                Deployment.DEFAULT_SLICE_MICROS,
                "",
                "");
    }

    /** Of a folder of its own, as registered versions have. */
    private ModelRef version(String version) throws IOException {
        Path own = Files.createDirectories(allowed.resolve(version));
        Path file = Files.writeString(own.resolve("model.onnx"), "never read here");
        return new ModelRef(version, file.toString(), "0".repeat(64));
    }

    private void metrics(String version, Map<String, Double> numbers) throws IOException {
        write(version, ArtifactFile.METRICS, NamedNumbers.write(numbers));
    }

    private void horizon(String version, String horizon) throws IOException {
        Provenance provenance =
                new Provenance(
                        0,
                        1,
                        2,
                        null,
                        null,
                        null,
                        "0.1.0",
                        "linear",
                        Map.of(CandidateTraining.HORIZON, horizon),
                        1);
        Files.write(
                allowed.resolve(version).resolve(ArtifactFile.PROVENANCE.fileName()),
                ProvenanceJson.write(provenance));
    }

    private void write(String version, ArtifactFile file, String text) throws IOException {
        Files.writeString(allowed.resolve(version).resolve(file.fileName()), text);
    }
}
