package com.shivx.models.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.Scores;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.Bump;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.SettableClock;
import com.shivx.models.registry.VersionName;
import com.shivx.models.testing.MlflowServer;
import com.shivx.models.testing.PythonScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A real server beside the registry: it restarts, and Python works with it. */
class MlflowServerITCase {

    private static final int DEADLINE_SECONDS = 120;

    @TempDir private static Path shared;
    private static MlflowServer server;

    @TempDir private Path folder;

    /** A model line of this test alone. */
    private String model;

    private ModelRegistry registry;

    @BeforeAll
    static void startServer() {
        server = MlflowServer.start(shared);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void openTheRegistry(TestInfo test) {
        model = test.getTestMethod().orElseThrow().getName();
        registry = open();
    }

    private static ModelRegistry open() {
        return new ModelRegistry(
                new MlflowHome(MlflowAccess.of(server.uri(), Map.of())),
                new SettableClock(),
                new ModelLoader(2, Duration.ofSeconds(10)));
    }

    @Test
    void goesOnWhenTheServerRestartsInTheMiddle() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch begun = new CountDownLatch(4);
            List<Future<Integer>> workers =
                    List.of(
                            threads.submit(() -> registerTen(begun)),
                            threads.submit(() -> registerTen(begun)));
            assertThat(begun.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            server.close();
            server.start();
            for (Future<Integer> worker : workers) {
                assertThat(worker.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo(10);
            }
        } finally {
            threads.shutdownNow();
        }
        List<ModelVersion> versions = registry.model(model).versions();
        assertThat(versions)
                .extracting(v -> v.version().patch())
                .containsExactly(
                        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20);
        assertThat(registry.audit(model).entries()).hasSize(20);
        assertThat(registry.unaudited(model)).isEmpty();
        registry.files(versions.get(19));
    }

    private int registerTen(CountDownLatch begun) throws Exception {
        ModelRegistry mine = open();
        int made = 0;
        for (; made < 10; made++) {
            begun.countDown();
            mine.register(Candidates.bumped(model, Bump.PATCH));
        }
        return made;
    }

    @Test
    void givesPythonWhatWeRegister() throws Exception {
        ModelVersion version = registry.register(Candidates.whole(model, "1.0.0", 0.5));
        registry.promote(version, Alias.PRODUCTION, true, Candidates.CHANGE);
        String out =
                python(
                        """
                        import json, sys
                        import mlflow, numpy, onnx, onnxruntime
                        mlflow.set_tracking_uri(sys.argv[1])
                        uri = "models:/%s@production" % sys.argv[2]
                        model = mlflow.onnx.load_model(uri)
                        onnx.checker.check_model(model, full_check=True)
                        rows = numpy.array([[0.1, -0.2, 0.3], [0, 0, 0]], dtype=numpy.float32)
                        session = onnxruntime.InferenceSession(model.SerializeToString())
                        direct = session.run(None, {"x": rows})[0]
                        pyfunc = next(iter(mlflow.pyfunc.load_model(uri).predict({"x": rows}).values()))
                        print(json.dumps([direct.tolist(), pyfunc.tolist()]))
                        """,
                        server.uri(), model);
        JsonNode answers = new ObjectMapper().readTree(out);
        float[][] ours = score(Candidates.artifact(model, "1.0.0"));
        for (int way = 0; way < 2; way++) {
            for (int row = 0; row < 2; row++) {
                for (int i = 0; i < 3; i++) {
                    assertThat(answers.at("/%d/%d/%d".formatted(way, row, i)).asDouble())
                            .isCloseTo(ours[row][i], Offset.offset(1e-6));
                }
            }
        }
    }

    /** The same two rows, as vectors whose three columns are among the feature set's. */
    private static float[][] score(ModelArtifact artifact) throws Exception {
        FeatureSet set = FeatureSets.byName("market-v1");
        float[][] rows = new float[2][set.size()];
        float[] first = {0.1f, -0.2f, 0.3f};
        for (int i = 0; i < 3; i++) {
            String column = artifact.contract().columns().get(i);
            for (int j = 0; j < set.size(); j++) {
                if (set.features().get(j).name().equals(column)) {
                    rows[0][j] = first[i];
                }
            }
        }
        try (OnnxModel loaded = ModelLoader.DEFAULT.load(artifact)) {
            try (BatchScorer scorer = loaded.newScorer(2)) {
                Scores scores = scorer.score(rows);
                return new float[][] {scores.values(0).clone(), scores.values(1).clone()};
            }
        }
    }

    @Test
    void takesWhatPythonHasLogged() throws Exception {
        python(
                """
                import sys
                import mlflow, numpy
                from skl2onnx import to_onnx
                from sklearn.linear_model import LogisticRegression
                mlflow.set_tracking_uri(sys.argv[1])
                mlflow.set_experiment(sys.argv[2])
                x = numpy.random.default_rng(7).normal(size=(300, 1200)).astype(numpy.float32)
                y = numpy.where(x[:, 0] > 0, "UP", "DOWN")
                fitted = LogisticRegression().fit(x, y)
                onx = to_onnx(fitted, x[:1], options={"zipmap": False})
                with mlflow.start_run():
                    mlflow.onnx.log_model(onx, name="sklearn", registered_model_name=sys.argv[2])
                """,
                server.uri(),
                model);
        ModelVersion version = registry.resolve(VersionName.parse(model + "@0.0.1"));
        assertThat(registry.models()).contains(model);
        assertThat(version.isOurs()).isFalse();
        registry.download(version, folder.resolve("here"));
        ModelArtifact artifact =
                ModelArtifact.readOfAnyColumns(
                        folder.resolve("here/model.onnx"),
                        ContractFlags.NONE.named(model, "0.0.1"));
        assertThat(artifact.contract().classes()).containsExactly("DOWN", "UP");
        ModelLoader.DEFAULT.load(artifact).close();

        // Ours come above it, and it may be promoted like them.
        assertThat(registry.register(Candidates.bumped(model, Bump.MINOR)).version())
                .hasToString("0.1.0");
        registry.promote(version, Alias.STAGING, false, Candidates.CHANGE);
        registry.promote(version, Alias.PRODUCTION, false, Candidates.CHANGE);
        assertThat(registry.model(model).aliasesOf(version.version()))
                .containsExactly(Alias.STAGING, Alias.PRODUCTION);
    }

    @Test
    void refusesWhatIsNoOnnxModel() throws Exception {
        python(
                """
                import sys
                import mlflow
                from sklearn.dummy import DummyClassifier
                mlflow.set_tracking_uri(sys.argv[1])
                mlflow.set_experiment(sys.argv[2])
                fitted = DummyClassifier().fit([[0], [1]], [0, 1])
                with mlflow.start_run():
                    mlflow.sklearn.log_model(
                        fitted, name="sk", registered_model_name=sys.argv[2],
                        serialization_format="cloudpickle")
                """,
                server.uri(),
                model);
        ModelVersion version = registry.resolve(VersionName.parse(model + "@0.0.1"));
        assertThatThrownBy(() -> registry.files(version))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("has no ONNX file")
                .hasMessageContaining("mlflow.onnx.log_model");
    }

    private String python(String script, String... arguments) throws Exception {
        return PythonScript.run(folder, script, arguments);
    }
}
