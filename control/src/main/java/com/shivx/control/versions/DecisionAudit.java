package com.shivx.control.versions;

import com.shivx.control.StableId;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.Change;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.VersionName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies decisions about models into the registry's audit, each once: whoever starts anew reads
 * them all again, and what the audit has of them is not written again. What a registry does not
 * take is kept for the next time; a model that is not in the registry has no audit.
 */
public final class DecisionAudit {

    /** A registry on a server is asked twice an entry; the rest waits for the next look. */
    private static final int AT_ONCE = 100;

    private static final int MAX_BY = 256;
    private static final int MAX_REASON = 1_000;

    /**
     * A decision.
     *
     * @param id its own, the same however often it is read
     * @param at when it was written
     * @param version that it is about; null where it is about none
     * @param by who asked for it
     * @param text what was decided and why
     */
    public record Decision(
            String id,
            String model,
            Instant at,
            @Nullable String version,
            String by,
            String text) {}

    private final ModelRegistry registry;
    private final Queue<Decision> pending = new ArrayDeque<>();
    private final Map<String, Set<String>> written = new HashMap<>();

    public DecisionAudit(ModelRegistry registry) {
        this.registry = registry;
    }

    /** One that was made. */
    public void add(Decision decision) {
        if (VersionName.isModel(decision.model())) {
            pending.add(decision);
        }
    }

    /**
     * Copies what is due.
     *
     * @throws com.shivx.models.registry.RegistryException if the registry does not take it
     */
    public void copy() {
        if (pending.isEmpty()) {
            return;
        }
        List<String> models = registry.models();
        for (int count = 0; count < AT_ONCE; count++) {
            Decision decision = pending.peek();
            if (decision == null) {
                return;
            }
            if (models.contains(decision.model())) {
                copy(decision);
            }
            pending.remove();
        }
    }

    private void copy(Decision decision) {
        Set<String> ids = written.computeIfAbsent(decision.model(), this::ids);
        // An id may be of any letters, and becomes part of a file's name.
        String id = StableId.of(decision.model() + "~" + decision.id());
        if (ids.contains(id)) {
            return;
        }
        String version = decision.version();
        registry.recordDecision(
                decision.model(),
                id,
                decision.at(),
                version != null && SemanticVersion.isOne(version)
                        ? SemanticVersion.parse(version)
                        : null,
                new Change(
                        shortened(decision.by().isBlank() ? "lifecycle" : decision.by(), MAX_BY),
                        shortened(decision.text(), MAX_REASON)));
        ids.add(id);
    }

    private Set<String> ids(String model) {
        return registry.audit(model).entries().stream()
                .map(AuditEntry::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
