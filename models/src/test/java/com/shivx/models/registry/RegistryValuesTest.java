package com.shivx.models.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.registry.uri.Registries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions, names and what is written of them. */
class RegistryValuesTest {

    @TempDir private Path folder;

    /** The order that semver.org gives as its example, with builds and numbers added. */
    @Test
    void ordersVersionsAsTheirStandardDoes() {
        List<SemanticVersion> rising =
                Stream.of(
                                "0.9.9",
                                "1.0.0-alpha",
                                "1.0.0-alpha.1",
                                "1.0.0-alpha.beta",
                                "1.0.0-beta",
                                "1.0.0-beta.2",
                                "1.0.0-beta.11",
                                "1.0.0-rc.1",
                                "1.0.0",
                                "1.0.0+build.1",
                                "1.0.0+build.2",
                                "1.0.10",
                                "1.2.0",
                                "11.0.0")
                        .map(SemanticVersion::parse)
                        .toList();
        List<SemanticVersion> mixed = new ArrayList<>(rising);
        Collections.shuffle(mixed, new Random(1));
        assertThat(mixed.stream().sorted()).isEqualTo(rising);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.0",
                "1.0.0.0",
                "01.0.0",
                "1.0.0-",
                "v1.0.0",
                "1.0.0/..",
                "1.0.0 ",
                "9999999999.0.0",
                "-1.0.0",
                "１.0.0"
            })
    void refusesWhatIsNoVersion(String text) {
        assertThat(SemanticVersion.isOne(text)).isFalse();
        assertThatThrownBy(() -> SemanticVersion.parse(text))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("'" + text + "' is not semantic");
    }

    @ParameterizedTest
    @CsvSource({
        "1.4.2, MAJOR, 2.0.0", "1.4.2, MINOR, 1.5.0", "1.4.2, PATCH, 1.4.3",
        "2.0.0-rc.1, MAJOR, 2.0.0", "2.0.0-rc.1, MINOR, 2.0.0", "2.0.0-rc.1, PATCH, 2.0.0",
        "2.0.1-rc.1, MINOR, 2.1.0", "2.1.0-rc.1, MAJOR, 3.0.0", "1.0.0+build, PATCH, 1.0.1"
    })
    void raisesANumber(String from, Bump bump, String to) {
        assertThat(SemanticVersion.parse(from).next(bump)).hasToString(to);
        assertThat(SemanticVersion.parse(from).next(bump))
                .isGreaterThan(SemanticVersion.parse(from));
    }

    @Test
    void raisesNoNumberBeyondTheLast() {
        assertThatThrownBy(() -> SemanticVersion.parse("999999999.0.0").next(Bump.MAJOR))
                .hasMessageContaining("outside 0 to 999999999");
        assertThatThrownBy(() -> SemanticVersion.parse("1".repeat(200)))
                .message()
                .hasSizeLessThan(250);
    }

    @Test
    void readsEveryNameOfAVersion() throws Exception {
        for (String text :
                List.of("direction@2.1.0", "models:/direction/2.1.0", "models:/direction@2.1.0")) {
            assertThat(VersionName.parse(text))
                    .isEqualTo(ModelLocator.of(text))
                    .returns("direction", VersionName::model)
                    .returns(SemanticVersion.parse("2.1.0"), VersionName::version)
                    .hasToString("direction@2.1.0");
        }
        for (String text : List.of("direction@staging", "models:/direction@staging")) {
            assertThat(VersionName.parse(text))
                    .isEqualTo(ModelLocator.of(text))
                    .returns(Alias.STAGING, VersionName::alias)
                    .returns(null, VersionName::version)
                    .hasToString("direction@staging");
        }
        Path file = Files.writeString(folder.resolve("direction@2.1.0"), "a file");
        assertThat(ModelLocator.of(file.toString())).isEqualTo(new ModelFile(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "direction@",
                "@2.1.0",
                "direction@newest",
                "direction@v1",
                "models:/direction",
                "models:/../etc/2.1.0",
                "models:/direction/../../2.1.0",
                "models:/direction/production",
                "models:/",
                "../direction@2.1.0",
                "a@b@c",
                "direction",
                "none.onnx",
                "x@y.onnx",
                "a\u0000b"
            })
    void refusesWhatNamesNoVersion(String text) {
        assertThatThrownBy(() -> ModelLocator.of(text))
                .isInstanceOf(RegistryException.class)
                .message()
                .hasLineCount(1)
                .contains("; ");
    }

    @Test
    void readsProvenanceAndNamesWhatIsWrongWithIt() {
        Provenance whole = Candidates.provenance();
        assertThat(ProvenanceJson.read(ProvenanceJson.write(whole))).isEqualTo(whole);
        Provenance little =
                new Provenance(0, 0, 0, null, null, null, "0.1.0", "hand", Map.of(), -1);
        assertThat(ProvenanceJson.read(ProvenanceJson.write(little))).isEqualTo(little);

        String json = new String(ProvenanceJson.write(whole), StandardCharsets.UTF_8);
        assertRefused(json.replace("\"seed\" : 7", "\"seed\" : 7.5"), "'seed' is 7.5");
        assertRefused(json.replace("\"rows\" : 864000", "\"rows\" : -1"), "has -1 rows");
        assertRefused(json.replace("\"rows\" : 864000,", ""), "'data/rows' is missing");
        assertRefused(json.replace("code_version", "code"), "'code_version' is missing");
        assertRefused(json.replace("1700086400000000", "1"), "ends at 1, before it begins");
        assertRefused("{", "is no JSON");
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> ProvenanceJson.read(Candidates.bytes(json)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("provenance.json")
                .hasMessageContaining(message);
    }

    @Test
    void readsEntriesOfTheAuditAndNothingElse() {
        AuditEntry entry =
                new AuditEntry(
                        "1",
                        Instant.parse("2026-01-01T00:00:00.000001Z"),
                        "ada",
                        "direction",
                        AuditAction.PROMOTED,
                        Alias.STAGING,
                        null,
                        SemanticVersion.parse("1.0.0"),
                        "\"quoted\"\nand broken");
        String json = AuditJson.write(entry);
        assertThat(AuditJson.read(json)).contains(entry);
        for (String bad :
                List.of(
                        "",
                        "{",
                        "[]",
                        "{}",
                        json.replace("PROMOTED", "BLESSED"),
                        json.replace("staging", "attic"),
                        json.replace("2026", "soon"),
                        json.replace("1.0.0", "one"))) {
            assertThat(AuditJson.read(bad)).as(bad).isEmpty();
        }
        assertThat(AuditLog.of(List.of(entry, entry)).entries()).containsExactly(entry);
    }

    @Test
    void wantsToKnowWhoChangesSomething() {
        assertThatThrownBy(() -> new Change(" ", "")).hasMessageContaining("name yourself");
        assertThatThrownBy(() -> new Change("ada", "x".repeat(1001)))
                .hasMessageContaining("1001 characters");
    }

    @Test
    void needsAModel() {
        assertThatThrownBy(() -> new VersionFiles(Map.of(ArtifactFile.METRICS, new byte[] {1})))
                .hasMessageContaining("there is no model.onnx");
        assertThat(ArtifactFile.named("../model.onnx")).isEmpty();
        assertThat(ArtifactFile.named("MLmodel")).isEmpty();
    }

    @Test
    void opensARegistryByItsUri() {
        SettableClock clock = new SettableClock();
        String uri = folder.toUri().toString();
        for (String same : List.of(uri, folder.toString(), "file:" + folder)) {
            assertThat(Registries.open(same, Map.of(), clock).uri()).isEqualTo(uri);
        }
        assertThat(Registries.open("HTTP://localhost:5000/", Map.of(), clock).uri())
                .isEqualToIgnoringCase("http://localhost:5000");
        assertThatThrownBy(() -> Registries.open("s3://bucket", Map.of(), clock))
                .hasMessageContaining("scheme 's3:'");
        assertThatThrownBy(() -> Registries.open("file:/a b", Map.of(), clock))
                .hasMessageContaining("is no folder of this machine");
    }
}
