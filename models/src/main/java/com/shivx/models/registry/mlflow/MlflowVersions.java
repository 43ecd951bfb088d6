package com.shivx.models.registry.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.NewVersion;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.StoredFile;
import com.shivx.models.registry.StoredFilesJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Model versions, which MLflow numbers 1, 2, 3 and so on. The semantic version is a tag, given when
 * the version is made. Of several of one semantic version the lowest number is it, and the others
 * are none: the server gives a number only when all lower ones are to be seen, so whoever has made
 * a version and finds a lower one of the same name knows that it has lost, and whoever finds none
 * that nobody can win against it any more.
 *
 * <p>A version without the tag, which others have logged, is {@code 0.0.<number>}; setting the tag
 * in MLflow's pages names it otherwise.
 */
final class MlflowVersions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String READY = "READY";
    private static final int PAGE = 1_000;
    private static final int MOST_ATTEMPTS = 10;

    private final MlflowHttp http;

    MlflowVersions(MlflowHttp http) {
        this.http = http;
    }

    /**
     * Versions by what they are called.
     *
     * @param valid rising
     * @param shadowed that have a name which one of a lower number has
     */
    record Listing(List<ModelVersion> valid, List<ModelVersion> shadowed) {}

    Listing list(String model) {
        List<ModelVersion> all = new ArrayList<>();
        raw(model).forEach(node -> all.add(parse(model, node)));
        all.sort(Comparator.comparingLong(version -> Long.parseLong(version.number())));
        Map<SemanticVersion, ModelVersion> valid = new TreeMap<>();
        List<ModelVersion> shadowed = new ArrayList<>();
        for (ModelVersion version : all) {
            if (valid.putIfAbsent(version.version(), version) != null) {
                shadowed.add(version);
            }
        }
        return new Listing(List.copyOf(valid.values()), shadowed);
    }

    /**
     * What the server lists. A version that is just being deleted is listed without its tags for a
     * moment (seen with 3.17.2) and would pass for one that others have logged; so whatever has
     * none is looked at twice.
     */
    private List<JsonNode> raw(String model) {
        List<JsonNode> first = search(model);
        Set<String> untagged = untagged(first);
        if (untagged.isEmpty()) {
            return first;
        }
        List<JsonNode> second = search(model);
        Set<String> gone = untagged(second);
        gone.removeAll(untagged);
        return second.stream().filter(v -> !gone.contains(v.path("version").asText())).toList();
    }

    private static Set<String> untagged(List<JsonNode> versions) {
        Set<String> numbers = new HashSet<>();
        for (JsonNode version : versions) {
            if (version.path("tags").isEmpty()) {
                numbers.add(version.path("version").asText());
            }
        }
        return numbers;
    }

    private List<JsonNode> search(String model) {
        List<JsonNode> found = new ArrayList<>();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("filter", "name='%s'".formatted(model));
        query.put("max_results", String.valueOf(PAGE));
        String next;
        do {
            JsonNode page = http.get("/mlflow/model-versions/search", query);
            for (JsonNode version : page.path("model_versions")) {
                // What others are still making is none yet.
                if (version.path("status").asText(READY).equals(READY)
                        && version.path("version").asText().matches("\\d{1,9}")) {
                    found.add(version);
                }
            }
            next = page.path("next_page_token").asText("");
            query.put("page_token", next);
        } while (!next.isEmpty());
        return found;
    }

    private static ModelVersion parse(String model, JsonNode node) {
        String number = node.path("version").asText();
        String tag = Tags.value(node, Tags.VERSION);
        String by = Tags.value(node, Tags.CREATED_BY);
        return new ModelVersion(
                model,
                SemanticVersion.isOne(tag)
                        ? SemanticVersion.parse(tag)
                        : new SemanticVersion(0, 0, Integer.parseInt(number), "", ""),
                number,
                Instant.ofEpochMilli(node.path("creation_timestamp").asLong()),
                by.isEmpty() ? node.path("user_id").asText("") : by,
                node.path("description").asText(""),
                files(Tags.value(node, Tags.FILES)));
    }

    private static List<StoredFile> files(String tag) {
        try {
            return tag.isEmpty() ? List.of() : StoredFilesJson.read(JSON.readTree(tag));
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    /**
     * Makes a version of a logged model, complete at once.
     *
     * @return empty where another has the name
     */
    Optional<ModelVersion> make(NewVersion version, String modelId, String runId) {
        String registration = UUID.randomUUID().toString();
        ObjectNode body =
                JSON.createObjectNode()
                        .put("name", version.model())
                        .put("source", "models:/" + modelId)
                        .put("run_id", runId)
                        .put("model_id", modelId)
                        .put("description", version.comment());
        Tags.add(body, Tags.VERSION, version.version().toString());
        Tags.add(body, Tags.CREATED_BY, version.by());
        Tags.add(body, Tags.FILES, StoredFilesJson.node(version.files().stored()).toString());
        Tags.add(body, Tags.REGISTRATION, registration);
        String number = make(version.model(), body, registration);
        Listing listing = list(version.model());
        Optional<ModelVersion> won =
                listing.valid.stream().filter(v -> v.number().equals(number)).findFirst();
        if (won.isEmpty()) {
            delete(version.model(), number);
        }
        return won;
    }

    /** Its number. */
    private String make(String model, ObjectNode body, String registration) {
        MlflowUnknownException unknown = null;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                return http.postOnce("/mlflow/model-versions/create", body)
                        .at("/model_version/version")
                        .asText();
            } catch (MlflowUnknownException e) {
                unknown = e;
                Optional<String> made =
                        raw(model).stream()
                                .filter(v -> Tags.value(v, Tags.REGISTRATION).equals(registration))
                                .map(v -> v.path("version").asText())
                                .min(Comparator.comparingLong(Long::parseLong));
                if (made.isPresent()) {
                    return made.get();
                }
            }
        }
        throw unknown == null ? new RegistryException("no attempt was made") : unknown;
    }

    private void delete(String model, String number) {
        try {
            http.delete(
                    "/mlflow/model-versions/delete",
                    JSON.createObjectNode().put("name", model).put("version", number));
        } catch (MlflowAnswerException e) {
            // Gone already where the answer to a first call was lost.
            if (!e.isNotThere()) {
                throw e;
            }
        }
    }

    /** Where a version's files lie, as the server names it. */
    String folder(ModelVersion version) {
        return http.get(
                        "/mlflow/model-versions/get-download-uri",
                        Map.of("name", version.model(), "version", version.number()))
                .path("artifact_uri")
                .asText();
    }
}
