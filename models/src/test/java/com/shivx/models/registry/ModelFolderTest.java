package com.shivx.models.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {

    @TempDir private Path folder;

    @Test
    void putsAVersionWithItsSignatureIntoAFolderOfItsOwn() throws Exception {
        ModelArtifact artifact = BaselineMomentum.artifact();
        Path spaced = folder.resolve("my models");
        ModelFolder.Placed placed = new ModelFolder(spaced).place(artifact);

        Path file = Path.of(placed.uri());
        assertThat(placed.wasThere()).isFalse();
        assertThat(file).isEqualTo(spaced.resolve("baseline-momentum/0.1.0/model.onnx"));
        assertThat(ModelArtifact.read(file, ContractFlags.NONE))
                .usingRecursiveComparison()
                .isEqualTo(artifact);
        assertThat(names(spaced)).containsExactly("baseline-momentum");
        assertThat(names(file.getParent())).containsExactly("model.onnx", "signature.json");
        assertThat(names(spaced.resolve("baseline-momentum"))).containsExactly("0.1.0");
    }

    @Test
    void putsWhatItWasMeasuredOnBesideItAndAddsItToACopyWithout() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("reference.json"), "{}");
        Files.writeString(source.resolve("metrics.json"), "{\"accuracy\": 0.4}");
        Files.writeString(source.resolve("notes.json"), "{}");
        Map<ArtifactFile, byte[]> measured = MeasuredFiles.beside(source.resolve("model.onnx"));
        assertThat(measured).containsOnlyKeys(ArtifactFile.REFERENCE, ArtifactFile.METRICS);
        ModelArtifact artifact = BaselineMomentum.artifact();
        ModelFolder without = new ModelFolder(folder.resolve("without"));
        without.place(artifact);

        for (ModelFolder models : List.of(without, new ModelFolder(folder.resolve("new")))) {
            Path file = Path.of(models.place(artifact, measured).uri());
            assertThat(names(file.getParent()))
                    .containsExactly(
                            "metrics.json", "model.onnx", "reference.json", "signature.json");
            assertThat(file.resolveSibling("metrics.json")).hasContent("{\"accuracy\": 0.4}");
        }
    }

    @Test
    void takesTheSameAgainAndRefusesAnother() throws Exception {
        ModelFolder models = new ModelFolder(folder);
        ModelArtifact artifact = BaselineMomentum.artifact();
        ModelFolder.Placed placed = models.place(artifact);
        assertThat(models.place(artifact)).isEqualTo(new ModelFolder.Placed(placed.uri(), true));

        byte[] other = Arrays.copyOf(artifact.bytes(), artifact.bytes().length + 1);
        assertThatThrownBy(() -> models.place(ModelArtifact.of(other, artifact.contract())))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("baseline-momentum@0.1.0")
                .hasMessageContaining("--version of its own");
        Files.writeString(Path.of(placed.uri()).resolveSibling("signature.json"), "{}");
        assertThatThrownBy(() -> models.place(artifact)).hasMessageContaining("or signature");
        assertThat(names(folder.resolve("baseline-momentum"))).containsExactly("0.1.0");
        assertThat(Files.readAllBytes(Path.of(placed.uri()))).isEqualTo(artifact.bytes());
    }

    @Test
    void letsOneOfSeveralAtOncePutItThere() throws Exception {
        ModelFolder models = new ModelFolder(folder);
        ModelArtifact artifact = BaselineMomentum.artifact();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 20; round++) {
                Path version = folder.resolve("baseline-momentum/0.1.0");
                Callable<ModelFolder.Placed> place = () -> models.place(artifact);
                int placed = 0;
                for (Future<ModelFolder.Placed> one :
                        threads.invokeAll(List.of(place, place, place, place))) {
                    placed += one.get().wasThere() ? 0 : 1;
                }
                assertThat(placed).isEqualTo(1);
                assertThat(names(folder.resolve("baseline-momentum"))).containsExactly("0.1.0");
                Files.delete(version.resolve("model.onnx"));
                Files.delete(version.resolve("signature.json"));
                Files.delete(version);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void takesPathsAndFileUrisAndRefusesOthers() {
        assertThat(ModelFolder.of("/a/../models")).isEqualTo(new ModelFolder(Path.of("/models")));
        assertThat(ModelFolder.of("file:///my%20models"))
                .isEqualTo(new ModelFolder(Path.of("/my models")));
        assertThat(ModelFolder.of("models").folder()).isAbsolute();
        for (String uri : List.of("s3://bucket/models", "file:models", "file:/a b")) {
            assertThatThrownBy(() -> ModelFolder.of(uri))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(uri)
                    .hasMessageContaining("--models-dir");
        }
    }

    @Test
    void saysInOneLineThatAFolderCannotBeWrittenTo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new ModelFolder(file).place(BaselineMomentum.artifact()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("cannot copy the model")
                .hasMessageContaining("--models-dir");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }
}
