package com.shivx.models.registry;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One change of one alias: who changed what to which version, when and why; or a decision, which
 * changes none.
 *
 * @param id its own, the same however often it is written
 * @param at never before an entry that its writer had seen, whatever clocks say
 * @param by who
 * @param alias null of a decision
 * @param from the version that the alias named; null where it named none
 * @param to the version that it names; of a decision the one that it is about, null where it is
 *     about none
 * @param reason why; may be empty
 */
public record AuditEntry(
        String id,
        Instant at,
        String by,
        String model,
        AuditAction action,
        @Nullable Alias alias,
        @Nullable SemanticVersion from,
        @Nullable SemanticVersion to,
        String reason) {

    /** The order of all that were ever written, the same for every reader. */
    static final Comparator<AuditEntry> ORDER =
            Comparator.comparing(AuditEntry::at).thenComparing(AuditEntry::id);
}
