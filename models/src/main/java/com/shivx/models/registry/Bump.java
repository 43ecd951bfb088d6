package com.shivx.models.registry;

/** Which number of a version rises: 1.4.2 becomes 2.0.0, 1.5.0 or 1.4.3. */
public enum Bump {
    MAJOR,
    MINOR,
    PATCH
}
