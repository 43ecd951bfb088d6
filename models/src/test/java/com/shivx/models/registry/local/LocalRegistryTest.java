package com.shivx.models.registry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.NewVersion;
import com.shivx.models.registry.RegistryContract;
import com.shivx.models.registry.RegistryHome;
import com.shivx.models.registry.VersionName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalRegistryTest extends RegistryContract {

    @Override
    protected RegistryHome home() {
        return new LocalHome(root());
    }

    private Path root() {
        return folder.resolve("registry");
    }

    private Path versions() {
        return root().resolve(model).resolve("versions");
    }

    @Override
    protected void tamper(ModelVersion version, ArtifactFile file) throws Exception {
        Path path = versions().resolve(version.version().toString()).resolve(file.fileName());
        Files.writeString(path, "{\"validation\": {\"accuracy\": 1.0}}");
    }

    @Override
    protected void leaveHalfWritten(NewVersion version) throws Exception {
        Path unfinished = Files.createDirectories(versions().resolve(".unfinished-1"));
        Files.write(unfinished.resolve("model.onnx"), version.files().get(ArtifactFile.MODEL));
        Path torn = Files.createDirectories(versions().resolve(version.version().toString()));
        Files.write(torn.resolve("model.onnx"), version.files().get(ArtifactFile.MODEL));
    }

    @Test
    void tellsWhatLiesThereAndIsNoVersion() throws Exception {
        ModelVersion version = registry.register(Candidates.of(model, "1.0.0"));
        leaveHalfWritten(
                new NewVersion(
                        model,
                        version("2.0.0"),
                        registry.files(version),
                        clock.instant(),
                        "ada",
                        ""));
        Files.createDirectories(versions().resolve("newest"));
        Files.createDirectories(root().resolve("lost+found"));
        Path later = root().resolve(model).resolve("audit/9.json");
        Files.writeString(later, "{\"action\": \"BLESSED\"}");
        Files.delete(versions().resolve("1.0.0/signature.json"));

        assertThat(registry.problems())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("lost+found is no model's folder"),
                        line -> assertThat(line).contains(".unfinished-1 is being registered"),
                        line -> assertThat(line).contains("newest is no version"),
                        line -> assertThat(line).contains("2.0.0 lacks files"),
                        line -> assertThat(line).contains("1.0.0 lacks files"),
                        line -> assertThat(line).contains("9.json is no entry"));
        assertThat(registry.models()).isEmpty();
    }

    @Test
    void holdsNothingBeforeItIsThere() {
        assertThat(registry.models()).isEmpty();
        assertThat(registry.problems()).isEmpty();
        assertThat(registry.audit(model).entries()).isEmpty();
        assertThat(root()).doesNotExist();
    }

    @Test
    void saysWhereItCannotWriteOrRead() throws Exception {
        Files.writeString(root(), "no folder");
        assertThatThrownBy(() -> registry.register(Candidates.of(model, "1.0.0")))
                .hasMessageContaining(root().toString())
                .hasMessageContaining("; ");
        assertThatThrownBy(() -> registry.models()).hasMessageContaining("cannot be read");
    }

    @Test
    void refusesAFileThatHasGrownBeyondItsLimit() throws Exception {
        ModelVersion version = registry.register(Candidates.whole(model, "1.0.0", 0.5));
        Path file = versions().resolve("1.0.0/provenance.json");
        Files.write(file, new byte[(int) ArtifactFile.PROVENANCE.maxBytes() + 1]);
        assertThatThrownBy(() -> registry.files(version)).hasMessageContaining("registered were");
        Files.delete(file);
        assertThatThrownBy(() -> registry.files(version)).hasMessageContaining("cannot be read");
    }

    @Test
    void leavesAnAliasAloneThatNamesNoVersion() throws Exception {
        ModelVersion version = registry.register(Candidates.of(model, "1.0.0"));
        Path alias = root().resolve(model).resolve("aliases/staging");
        Files.writeString(alias, "newest");
        assertThat(registry.model(model).aliasesOf(version.version())).hasSize(1);
        Files.writeString(alias, "7.0.0");
        assertThatThrownBy(() -> registry.resolve(VersionName.parse(model + "@staging")))
                .hasMessageContaining("has no version 7.0.0");
        assertThatThrownBy(() -> registry.resolve(VersionName.parse(model + "@production")))
                .hasMessageContaining("production names no version");
    }
}
