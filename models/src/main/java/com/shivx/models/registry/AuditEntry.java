package com.shivx.models.registry;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One change of one alias: who changed what to which version, when and why.
 *
 * @param id its own, the same however often it is written
 * @param at never before an entry that its writer had seen, whatever clocks say
 * @param by who
 * @param from the version that the alias named; null where it named none
 * @param to the version that it names
 * @param reason why; may be empty
 */
public record AuditEntry(
        String id,
        Instant at,
        String by,
        String model,
        AuditAction action,
        Alias alias,
        @Nullable SemanticVersion from,
        SemanticVersion to,
        String reason) {

    /** The order of all that were ever written, the same for every reader. */
    static final Comparator<AuditEntry> ORDER =
            Comparator.comparing(AuditEntry::at).thenComparing(AuditEntry::id);
}
