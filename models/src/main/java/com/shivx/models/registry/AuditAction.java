package com.shivx.models.registry;

/** What somebody did to an alias. */
public enum AuditAction {
    /** Registered a version, which is the newest in dev. */
    REGISTERED,
    /** Took a version one step further. */
    PROMOTED,
    /** Took a version further than one step, with a reason. */
    FORCED,
    /** Let a running job serve it. */
    DEPLOYED,
    /** Went back to a version that had been in production. */
    ROLLED_BACK,
    /** Moved an alias, and nothing else. */
    MOVED,
    /** Decided something about the model's life, by which alone no alias moves. */
    DECIDED,
    /** Found an alias that was moved past this audit, such as in MLflow's own pages. */
    SEEN
}
