package com.shivx.models.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllowedUrisTest {

    @TempDir private Path folder;
    private Path models;
    private AllowedUris allowed;

    @BeforeEach
    void makeFolders() throws Exception {
        folder = folder.toRealPath();
        models = Files.createDirectories(folder.resolve("models"));
        Files.write(models.resolve("good one.onnx"), new byte[] {1});
        Files.write(
                Files.createDirectories(folder.resolve("models-of-others")).resolve("m.onnx"),
                new byte[] {1});
        Files.write(folder.resolve("secret"), new byte[] {1});
        allowed = AllowedUris.of(List.of(models.toUri().toString()));
    }

    @Test
    void resolvesPathsAndUrisBelowAnAllowedFolder() throws Exception {
        Path good = models.resolve("good one.onnx");
        assertThat(allowed.resolve(good.toString())).isEqualTo(good);
        assertThat(allowed.resolve(good.toUri().toString())).isEqualTo(good);
        assertThat(allowed.resolve(models + "/../models/good one.onnx")).isEqualTo(good);
    }

    @Test
    void knowsLocalFoldersBesideRemoteOnes() throws Exception {
        allowed = AllowedUris.of(List.of("s3://bucket/models", models.toString()));
        Path good = models.resolve("good one.onnx");
        assertThat(allowed.resolve(good.toString())).isEqualTo(good);
    }

    static Stream<Function<Path, String>> outside() {
        return Stream.of(
                folder -> folder + "/secret",
                folder -> folder + "/models/../secret",
                folder -> "file:" + folder + "/models/%2e%2e/secret",
                folder -> folder + "/models-of-others/m.onnx");
    }

    @ParameterizedTest
    @MethodSource("outside")
    void refusesWhatLiesElsewhere(Function<Path, String> uri) {
        assertThatThrownBy(() -> allowed.resolve(uri.apply(folder)))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("outside [" + models + "]")
                .hasMessageContaining("models.allowed-uris");
    }

    @Test
    void refusesALinkThatLeadsElsewhere() throws IOException {
        Files.createSymbolicLink(models.resolve("link.onnx"), folder.resolve("secret"));
        assertThatThrownBy(() -> allowed.resolve(models + "/link.onnx"))
                .hasMessageContaining("lies at " + folder.resolve("secret"));
    }

    @ParameterizedTest
    @MethodSource("noFiles")
    void refusesWhatIsNoPlaceOfAFile(String uri) {
        assertThatThrownBy(() -> allowed.resolve(uri))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("is no");
    }

    static Stream<String> noFiles() {
        return Stream.of(
                "https://example.com/m.onnx",
                "s3://bucket/m.onnx",
                "file://host/share/m.onnx",
                "file:relative.onnx",
                "file:///bad%zz",
                "models\0/m.onnx",
                "/nowhere/m.onnx");
    }

    @Test
    void refusesAnAllowedFolderThatIsNotThere() {
        assertThatThrownBy(() -> AllowedUris.of(List.of(folder + "/none")))
                .hasMessageContaining("is not there");
    }
}
