package com.shivx.models.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until it is moved. */
public final class SettableClock implements InstantSource {

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves it on and tells where it stands then. */
    public Instant pass(Duration time) {
        return now.updateAndGet(before -> before.plus(time));
    }
}
