package com.shivx.models.validation;

/** What a validation ends with. */
public enum Verdict {
    /** The new model has shown that it knows something. */
    REGISTER,
    /** It has not, or it is worse than production where that counts. */
    REFUSED,
    /** The new model has shown that it is better than production. */
    PROMOTE,
    /** It has not: production stays. */
    KEEP,
    /** Too little time to say anything, which is not a pass. */
    INCONCLUSIVE;

    /** Whether the new model may go on. */
    public boolean passes() {
        return this == REGISTER || this == PROMOTE;
    }
}
