package com.shivx.models.registry;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Moves aliases so that nothing moves without an entry, and so that movers at once agree. An entry
 * is written first; then each mover lets the aliases name what the audit says last, and looks once
 * more: whoever looks last has seen every entry, so all end at the same. A mover that is killed in
 * between leaves an entry whose alias has not moved, which {@link ModelRegistry#unaudited} tells
 * and {@link #finish} ends. {@link Alias#PREVIOUS} moves last: while it does not name what the last
 * entry found in production, that entry's mover was cut off, and has nobody moved the alias back.
 */
final class AliasMoves {

    /** Each round beyond the first means that somebody else has moved it meanwhile. */
    private static final int MAX_ROUNDS = 100;

    private final RegistryHome home;
    private final InstantSource clock;

    AliasMoves(RegistryHome home, InstantSource clock) {
        this.home = home;
        this.clock = clock;
    }

    /**
     * @throws RegistryException if somebody else has moved it at the same time and later
     */
    AuditEntry move(
            String model, AuditAction action, Alias alias, SemanticVersion to, Change change) {
        AuditLog before = AuditLog.of(home.audit(model));
        // What was moved past the audit came from where the audit had left it.
        SemanticVersion from =
                action == AuditAction.SEEN
                        ? before.now().get(alias)
                        : home.aliases(model).get(alias);
        AuditEntry entry =
                new AuditEntry(
                        UUID.randomUUID().toString(),
                        after(before.end()),
                        change.by(),
                        model,
                        action,
                        alias,
                        from,
                        to,
                        change.reason());
        home.append(entry);
        AuditLog log = settle(model, alias);
        AuditEntry last = log.lastOf(alias, Instant.MAX).orElse(entry);
        if (!to.equals(last.to()) && action != AuditAction.REGISTERED) {
            throw new RegistryException(
                    "%s@%s was moved to %s by %s at the same time; look at it with 'shivx models audit %s'"
                            .formatted(model, alias.word(), last.to(), last.by(), model));
        }
        return entry;
    }

    /**
     * Lets production name what the last entry says, where the entry's mover was cut off before it
     * did so; an alias that somebody has moved past the audit stays where it is.
     *
     * @return whether there was something to end
     */
    boolean finish(String model) {
        AuditLog log = AuditLog.of(home.audit(model));
        AuditEntry last = log.lastOf(Alias.PRODUCTION, Instant.MAX).orElse(null);
        if (last == null || !isCutOff(last, log.now(), home.aliases(model))) {
            return false;
        }
        settle(model, Alias.PRODUCTION);
        return true;
    }

    private static boolean isCutOff(
            AuditEntry last,
            Map<Alias, SemanticVersion> wanted,
            Map<Alias, SemanticVersion> aliases) {
        SemanticVersion named = aliases.get(Alias.PRODUCTION);
        boolean isPreviousSet =
                Objects.equals(aliases.get(Alias.PREVIOUS), wanted.get(Alias.PREVIOUS));
        if (Objects.equals(named, last.to())) {
            return !isPreviousSet;
        }
        return Objects.equals(named, last.from()) && (named == null || !isPreviousSet);
    }

    /** The clock's time, or a microsecond after the last entry where that is later. */
    private Instant after(Instant last) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
    }

    private AuditLog settle(String model, Alias alias) {
        List<Alias> touched =
                alias == Alias.PRODUCTION ? List.of(alias, Alias.PREVIOUS) : List.of(alias);
        AuditLog log = AuditLog.of(home.audit(model));
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Map<Alias, SemanticVersion> wanted = log.now();
            for (Alias each : touched) {
                SemanticVersion version = wanted.get(each);
                if (version != null) {
                    set(model, each, version);
                }
            }
            AuditLog again = AuditLog.of(home.audit(model));
            if (again.now().equals(wanted)) {
                return again;
            }
            log = again;
        }
        throw new RegistryException(
                "%s@%s was moved by others %d times meanwhile; try again"
                        .formatted(model, alias.word(), MAX_ROUNDS));
    }

    /** A version that somebody has deleted since cannot be named any more. */
    private void set(String model, Alias alias, SemanticVersion version) {
        home.versions(model).stream()
                .filter(there -> there.version().equals(version))
                .forEach(there -> home.setAlias(model, alias, there));
    }
}
