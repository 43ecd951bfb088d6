package com.shivx.models.registry;

/**
 * Who changes something, and why.
 *
 * @param reason may be empty
 */
public record Change(String by, String reason) {

    private static final int MAX_BY = 256;
    private static final int MAX_REASON = 1_000;

    public Change {
        if (by.isBlank() || by.length() > MAX_BY) {
            throw new RegistryException(
                    "who changes it has %d characters, expected 1 to %d; name yourself"
                            .formatted(by.strip().length(), MAX_BY));
        }
        if (reason.length() > MAX_REASON) {
            throw new RegistryException(
                    "the reason has %d characters, expected at most %d; shorten it"
                            .formatted(reason.length(), MAX_REASON));
        }
    }
}
