package com.shivx.models.registry;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every change of a model's aliases, in order. What the aliases must name follows from it alone;
 * {@link Alias#PREVIOUS} is what the last change of {@link Alias#PRODUCTION} found there.
 *
 * @param entries rising, each once
 */
public record AuditLog(List<AuditEntry> entries) {

    public AuditLog {
        entries = List.copyOf(entries);
    }

    /** Of entries as they are found, in any order and perhaps repeated. */
    static AuditLog of(Collection<AuditEntry> found) {
        return new AuditLog(
                found.stream()
                        .sorted(AuditEntry.ORDER)
                        .collect(
                                Collectors.toMap(
                                        AuditEntry::id,
                                        entry -> entry,
                                        (first, again) -> first,
                                        LinkedHashMap::new))
                        .values()
                        .stream()
                        .toList());
    }

    /** What each alias named at a time, the moment of a change included. */
    public Map<Alias, SemanticVersion> at(Instant time) {
        EnumMap<Alias, SemanticVersion> state = new EnumMap<>(Alias.class);
        for (AuditEntry entry : entries) {
            if (entry.at().isAfter(time)) {
                break;
            }
            Alias alias = entry.alias();
            SemanticVersion to = entry.to();
            if (alias == null || to == null) {
                continue;
            }
            state.put(alias, to);
            SemanticVersion from = entry.from();
            if (alias == Alias.PRODUCTION && from != null && !from.equals(to)) {
                state.put(Alias.PREVIOUS, from);
            }
        }
        return Collections.unmodifiableMap(state);
    }

    /** What each alias must name by the last entry. */
    public Map<Alias, SemanticVersion> now() {
        return at(Instant.MAX);
    }

    /** The change that put the version into an alias that it named at a time. */
    public Optional<AuditEntry> lastOf(Alias alias, Instant time) {
        return entries.stream()
                .filter(entry -> entry.alias() == alias && !entry.at().isAfter(time))
                .reduce((earlier, later) -> later);
    }

    /** The next change of an alias after a time. */
    public Optional<AuditEntry> nextOf(Alias alias, Instant time) {
        return entries.stream()
                .filter(entry -> entry.alias() == alias && entry.at().isAfter(time))
                .findFirst();
    }

    /**
     * Whether the change after a time found the alias elsewhere than the one before it had left it:
     * somebody moved it in between without an entry.
     */
    public boolean isBrokenAfter(Alias alias, Instant time) {
        Optional<AuditEntry> last = lastOf(alias, time);
        Optional<AuditEntry> next = nextOf(alias, time);
        return next.isPresent()
                && !Objects.equals(last.map(AuditEntry::to).orElse(null), next.get().from());
    }

    /** Whether an alias ever named a version. */
    public boolean wasEver(Alias alias, SemanticVersion version) {
        return entries.stream()
                .filter(entry -> entry.alias() == alias)
                .anyMatch(entry -> version.equals(entry.to()) || version.equals(entry.from()));
    }

    /** The time of the last change; the beginning of time without any. */
    Instant end() {
        return entries.stream()
                .filter(entry -> entry.alias() != null)
                .reduce((earlier, later) -> later)
                .map(AuditEntry::at)
                .orElse(Instant.MIN);
    }
}
