package com.shivx.models.registry.local;

import com.shivx.models.registry.Alias;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.AuditJson;
import com.shivx.models.registry.Folders;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.NewVersion;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.RegistryHome;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.VersionFiles;
import com.shivx.models.registry.VersionName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A registry in a folder of this machine or of a shared disk:
 *
 * <pre>
 * &lt;folder&gt;/direction/versions/2.1.0/model.onnx, signature.json, …, version.json
 *                    /aliases/production          holds 2.1.0
 *                    /audit/&lt;time&gt;-&lt;id&gt;.json     one entry, never changed
 * </pre>
 *
 * No lock is needed: whatever is written is written beside its place and moved there in one step. A
 * version's folder cannot be moved onto one that is there, so of writers at once one wins; a writer
 * that is killed leaves what nobody reads, and {@link #problems} tells of it.
 */
public final class LocalHome implements RegistryHome {

    private final Path root;
    private final VersionFolders versions;

    /**
     * @param root made when something is registered
     */
    public LocalHome(Path root) {
        this.root = root.toAbsolutePath().normalize();
        versions = new VersionFolders(this.root);
    }

    @Override
    public String uri() {
        return root.toUri().toString();
    }

    @Override
    public List<String> models() {
        return FolderNames.in(root).stream()
                .filter(VersionName::isModel)
                .filter(model -> !versions.list(model).isEmpty())
                .toList();
    }

    @Override
    public List<ModelVersion> versions(String model) {
        return versions.list(VersionName.requireModel(model));
    }

    @Override
    public Optional<ModelVersion> add(NewVersion version) {
        return versions.add(version);
    }

    @Override
    public VersionFiles fetch(ModelVersion version) {
        return versions.read(version);
    }

    @Override
    public Map<Alias, SemanticVersion> aliases(String model) {
        EnumMap<Alias, SemanticVersion> aliases = new EnumMap<>(Alias.class);
        for (Alias alias : Alias.values()) {
            Path file = folder(model, "aliases").resolve(alias.word());
            try {
                String text = Files.readString(file).strip();
                if (SemanticVersion.isOne(text)) {
                    aliases.put(alias, SemanticVersion.parse(text));
                }
            } catch (NoSuchFileException e) {
                // It names nothing yet.
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return aliases;
    }

    @Override
    public void setAlias(String model, Alias alias, ModelVersion version) {
        replace(folder(model, "aliases").resolve(alias.word()), version.version() + "\n");
    }

    @Override
    public void append(AuditEntry entry) {
        String name =
                "%s-%s.json"
                        .formatted(entry.at().toString().replaceAll("[^0-9TZ]", ""), entry.id());
        replace(folder(entry.model(), "audit").resolve(name), AuditJson.write(entry) + "\n");
    }

    @Override
    public List<AuditEntry> audit(String model) {
        List<AuditEntry> entries = new ArrayList<>();
        for (Path file : auditFiles(model)) {
            entry(file).ifPresent(entries::add);
        }
        return entries;
    }

    private List<Path> auditFiles(String model) {
        Path folder = folder(model, "audit");
        return FolderNames.in(folder).stream()
                .filter(name -> name.endsWith(".json"))
                .map(folder::resolve)
                .toList();
    }

    private static Optional<AuditEntry> entry(Path file) {
        try {
            return AuditJson.read(Files.readString(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (String model : FolderNames.in(root)) {
            if (!VersionName.isModel(model)) {
                problems.add(
                        "%s is no model's folder; take it away".formatted(root.resolve(model)));
                continue;
            }
            problems.addAll(versions.problems(model));
            auditFiles(model).stream()
                    .filter(file -> entry(file).isEmpty())
                    .forEach(
                            file ->
                                    problems.add(
                                            "%s is no entry of an audit that this release can read; use the release that wrote it"
                                                    .formatted(file)));
        }
        problems.sort(Comparator.naturalOrder());
        return problems;
    }

    private Path folder(String model, String name) {
        return root.resolve(VersionName.requireModel(model)).resolve(name);
    }

    private static void replace(Path file, String text) {
        try {
            Path folder = file.resolveSibling("");
            Files.createDirectories(folder);
            Path unfinished = folder.resolve(Folders.UNFINISHED + UUID.randomUUID());
            try {
                Folders.writeThrough(unfinished, text.getBytes(StandardCharsets.UTF_8));
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    static RegistryException unreadable(Path file, IOException e) {
        return new RegistryException(
                "%s cannot be read: %s; see that it can".formatted(file, reason(e)), e);
    }

    static RegistryException unwritable(Path file, IOException e) {
        return new RegistryException(
                "%s cannot be written: %s; make its folder writable, or name another registry"
                        .formatted(file, reason(e)),
                e);
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException other && other.getReason() != null
                ? other.getReason()
                : e.getClass().getSimpleName();
    }
}
