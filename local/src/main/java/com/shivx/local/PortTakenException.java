package com.shivx.local;

/** Another program listens on the port that an embedded service was to have. */
public final class PortTakenException extends StartException {
    private static final long serialVersionUID = 1L;

    private final String port;

    PortTakenException(Object port, String service, Exception cause) {
        super(
                "port %s for %s is taken: stop the program that listens on it, or choose another port (0 takes any free one)"
                        .formatted(port, service),
                cause);
        this.port = port.toString();
    }

    /** The port, or the range of ports. */
    public String port() {
        return port;
    }
}
