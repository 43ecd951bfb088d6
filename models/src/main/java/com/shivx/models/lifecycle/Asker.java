package com.shivx.models.lifecycle;

import com.shivx.models.deployment.LifecycleEvent;

/**
 * On whose account something is decided.
 *
 * @param requestId of what was asked for
 * @param requestedBy who asked
 */
record Asker(String requestId, String requestedBy) {

    static Asker of(LifecycleCommand command) {
        return new Asker(command.requestId(), command.requestedBy());
    }

    /** Nobody: what is decided follows from what was asked for earlier, or from what was seen. */
    static Asker nobody(String requestId) {
        return new Asker(requestId, LifecycleEvent.LIFECYCLE);
    }
}
