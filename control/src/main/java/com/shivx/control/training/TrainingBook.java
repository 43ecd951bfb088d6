package com.shivx.control.training;

import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are open and how far each is, from the two topics alone. They have no order
 * between them, and a record may come twice: what is known of a request only ever grows.
 */
public final class TrainingBook {

    /** Results of requests that are over, so that one that comes again is not made again. */
    private static final int REMEMBERED = 10_000;

    /**
     * A request that is not over.
     *
     * @param last how far it is; null if nobody has begun
     */
    public record Open(RetrainRequest request, @Nullable TrainingResult last) {}

    private final Map<String, RetrainRequest> requests = new LinkedHashMap<>();
    private final Map<String, TrainingResult> results = new LinkedHashMap<>();

    /** A training shall be made. */
    public void add(RetrainRequest request) {
        TrainingResult last = results.get(request.requestId());
        if (last == null || !last.kind().isFinal()) {
            requests.putIfAbsent(request.requestId(), request);
        }
    }

    /** How one goes. */
    public void add(TrainingResult result) {
        TrainingResult known = results.get(result.requestId());
        if (known != null && !isLater(result, known)) {
            return;
        }
        results.put(result.requestId(), result);
        if (result.kind().isFinal()) {
            requests.remove(result.requestId());
            forgetOldest();
        }
    }

    private static boolean isLater(TrainingResult result, TrainingResult known) {
        if (result.kind().isFinal() || known.kind().isFinal()) {
            return !known.kind().isFinal();
        }
        return result.attempt() != known.attempt()
                ? result.attempt() > known.attempt()
                : result.kind() == TrainingResult.Kind.RETRYING
                        && known.kind() == TrainingResult.Kind.STARTED;
    }

    private void forgetOldest() {
        if (results.size() > REMEMBERED) {
            results.keySet().stream()
                    .filter(id -> !requests.containsKey(id))
                    .findFirst()
                    .ifPresent(results::remove);
        }
    }

    /** The open requests, in the order in which they came. */
    public List<Open> open() {
        return requests.values().stream()
                .map(request -> new Open(request, results.get(request.requestId())))
                .toList();
    }

    /** How far the latest request of a model is; null where there has been none. */
    public @Nullable TrainingResult last(String model) {
        return results.values().stream()
                .filter(result -> Objects.equals(result.model(), model))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }
}
