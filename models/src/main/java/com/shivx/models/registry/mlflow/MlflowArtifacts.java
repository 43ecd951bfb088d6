package com.shivx.models.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.shivx.models.registry.RegistryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Files behind a server's artifact proxy, each in the folder that the server has named. */
final class MlflowArtifacts {

    private static final String SCHEME = "mlflow-artifacts:/";
    private static final String ROOT = "/mlflow-artifacts/artifacts";

    private final MlflowHttp http;

    MlflowArtifacts(MlflowHttp http) {
        this.http = http;
    }

    /**
     * @param folder as the server names it
     */
    void put(String folder, String name, byte[] bytes) {
        http.putBytes(path(folder, name), bytes);
    }

    byte[] get(String folder, String name, long maxBytes) {
        return http.getBytes(path(folder, name), maxBytes);
    }

    /** The names of the files in a folder, not of those in its folders. */
    List<String> list(String folder) {
        List<String> names = new ArrayList<>();
        for (JsonNode file : http.get(ROOT, Map.of("path", relative(folder))).path("files")) {
            String path = file.path("path").asText();
            if (!file.path("is_dir").asBoolean()) {
                names.add(path.substring(path.lastIndexOf('/') + 1));
            }
        }
        return names;
    }

    private String path(String folder, String name) {
        String encoded =
                Arrays.stream((relative(folder) + "/" + name).split("/"))
                        .map(MlflowHttp::encode)
                        .collect(Collectors.joining("/"));
        return ROOT + "/" + encoded;
    }

    /** Below the proxy's root. */
    private String relative(String folder) {
        String path = folder.startsWith(SCHEME) ? folder.substring(SCHEME.length()) : "";
        path = path.startsWith("/") ? path.replaceFirst("^/+[^/]*/", "") : path;
        path = path.replaceFirst("/+$", "");
        if (path.isEmpty() || Arrays.asList(path.split("/", -1)).contains("..")) {
            throw new RegistryException(
                    "MLflow at %s keeps artifacts at %s, which its proxy does not serve; start it with --artifacts-destination"
                            .formatted(http.server(), folder));
        }
        return path;
    }
}
