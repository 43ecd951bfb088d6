package com.shivx.models.registry.local;

import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Folders;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.NewVersion;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.StoredFile;
import com.shivx.models.registry.VersionFiles;
import com.shivx.models.registry.VersionName;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The folders of versions: complete from the moment that they have their name. */
final class VersionFolders {

    /** Its longest field is a comment. */
    private static final long MAX_VERSION_JSON_BYTES = 64 << 10;

    private final Path root;

    VersionFolders(Path root) {
        this.root = root;
    }

    /** Rising. */
    List<ModelVersion> list(String model) {
        return FolderNames.in(folder(model)).stream()
                .filter(SemanticVersion::isOne)
                .map(SemanticVersion::parse)
                .sorted()
                .flatMap(version -> version(model, version).stream())
                .toList();
    }

    private Optional<ModelVersion> version(String model, SemanticVersion version) {
        Path folder = folder(model).resolve(version.toString());
        Path description = folder.resolve(VersionJson.FILE_NAME);
        try {
            if (!Files.isRegularFile(description)
                    || Files.size(description) > MAX_VERSION_JSON_BYTES) {
                return Optional.empty();
            }
            return VersionJson.read(Files.readAllBytes(description), model, version)
                    .filter(found -> hasFiles(folder, found));
        } catch (IOException e) {
            throw LocalHome.unreadable(description, e);
        }
    }

    private static boolean hasFiles(Path folder, ModelVersion version) {
        return version.files().stream()
                .map(file -> folder.resolve(file.file().fileName()))
                .allMatch(Files::isRegularFile);
    }

    Optional<ModelVersion> add(NewVersion version) {
        Path versions = folder(VersionName.requireModel(version.model()));
        Path folder = versions.resolve(version.version().toString());
        Path unfinished = versions.resolve(Folders.UNFINISHED + UUID.randomUUID());
        try {
            if (Files.exists(folder)) {
                return Optional.empty();
            }
            Files.createDirectories(unfinished);
            Folders.writeAll(unfinished, version.files());
            byte[] description = VersionJson.write(version);
            Folders.writeThrough(unfinished.resolve(VersionJson.FILE_NAME), description);
            return move(unfinished, folder)
                    ? VersionJson.read(description, version.model(), version.version())
                    : Optional.empty();
        } catch (IOException e) {
            throw LocalHome.unwritable(folder, e);
        } finally {
            Folders.deleteAll(unfinished);
        }
    }

    /** False where a faster one was there first: a folder moves onto no folder with files. */
    private static boolean move(Path unfinished, Path folder) throws IOException {
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException e) {
            if (!Files.exists(folder)) {
                throw e;
            }
            return false;
        }
    }

    VersionFiles read(ModelVersion version) {
        Path folder =
                folder(VersionName.requireModel(version.model()))
                        .resolve(version.version().toString());
        Map<ArtifactFile, byte[]> bytes = new EnumMap<>(ArtifactFile.class);
        for (StoredFile stored : version.files()) {
            Path file = folder.resolve(stored.file().fileName());
            try {
                if (Files.size(file) > stored.file().maxBytes()) {
                    throw new RegistryException(
                            "%s has %d bytes, registered were %d; register it again as another version"
                                    .formatted(file, Files.size(file), stored.bytes()));
                }
                bytes.put(stored.file(), Files.readAllBytes(file));
            } catch (IOException e) {
                throw LocalHome.unreadable(file, e);
            }
        }
        return new VersionFiles(bytes);
    }

    /** What lies among a model's versions and is none. */
    List<String> problems(String model) {
        List<String> problems = new ArrayList<>();
        for (String name : FolderNames.in(folder(model))) {
            Path path = folder(model).resolve(name);
            if (name.startsWith(Folders.UNFINISHED)) {
                problems.add(
                        "%s is being registered, or was when its writer was cut off; delete it if nobody registers now"
                                .formatted(path));
            } else if (!SemanticVersion.isOne(name)) {
                problems.add("%s is no version; take it away".formatted(path));
            } else if (version(model, SemanticVersion.parse(name)).isEmpty()) {
                problems.add(
                        "%s lacks files or its %s; put them back, or delete it"
                                .formatted(path, VersionJson.FILE_NAME));
            }
        }
        problems.sort(Comparator.naturalOrder());
        return problems;
    }

    private Path folder(String model) {
        return root.resolve(model).resolve("versions");
    }
}
