package com.shivx.models.registry.uri;

import com.shivx.models.contract.AllowedUris;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.RegistryHome;
import com.shivx.models.registry.local.LocalHome;
import com.shivx.models.registry.mlflow.MlflowAccess;
import com.shivx.models.registry.mlflow.MlflowHome;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/** A registry by its URI. */
public final class Registries {

    private Registries() {}

    /**
     * Opens it; nothing is read or written yet.
     *
     * @param uri {@code file:} or a plain path of a folder, or the {@code http(s)://} of an MLflow
     *     server
     * @param environment the process's, for MLflow's variables
     * @param clock the time of registrations and moves
     * @throws RegistryException if it is of no kind that there is
     */
    public static ModelRegistry open(
            String uri, Map<String, String> environment, InstantSource clock) {
        return new ModelRegistry(home(uri, environment), clock, ModelLoader.DEFAULT);
    }

    private static RegistryHome home(String uri, Map<String, String> environment) {
        String scheme =
                AllowedUris.hasScheme(uri)
                        ? uri.substring(0, uri.indexOf(':')).toLowerCase(Locale.ROOT)
                        : "";
        return switch (scheme) {
            case "http", "https" -> new MlflowHome(MlflowAccess.of(uri, environment));
            case "", "file" -> new LocalHome(folder(uri, scheme));
            default ->
                    throw new RegistryException(
                            "there is no registry of scheme '%s:'; name a folder, file:///folder, or the http(s):// of an MLflow server with --registry"
                                    .formatted(scheme));
        };
    }

    private static Path folder(String uri, String scheme) {
        try {
            // Without slashes it is a path below the working directory, which no URI can be.
            return scheme.isEmpty()
                    ? Path.of(uri)
                    : uri.startsWith("file:/")
                            ? Path.of(new URI(uri))
                            : Path.of(uri.substring("file:".length()));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            throw new RegistryException(
                    "'%s' is no folder of this machine: %s; correct --registry"
                            .formatted(uri, e.getMessage()),
                    e);
        }
    }
}
