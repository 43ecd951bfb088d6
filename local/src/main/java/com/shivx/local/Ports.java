package com.shivx.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine, on the loopback interface only: an embedded service is nobody else's. */
public final class Ports {
    static final String HOST = "localhost";

    /** The port number that stands for any free port. */
    static final int ANY = 0;

    private Ports() {}

    /**
     * A port nobody listens on. Another process may take it before the caller does; the kernel
     * hands out a number it has just handed out last, so this does not happen in practice.
     */
    static int free() {
        try (ServerSocket socket = bind(ANY)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + HOST, e);
        }
    }

    /**
     * The port itself if nobody listens on it.
     *
     * @throws PortTakenException if somebody does
     * @throws StartException if this user may not listen on it
     */
    public static int requireFree(int port, String service) {
        try (ServerSocket socket = bind(port)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            // A refusal is a SocketException, and so is every other one: only its words tell.
            if (String.valueOf(e.getMessage()).contains("Permission denied")) {
                throw new StartException(
                        "port %d for %s is not for this user to listen on: choose one above 1023 (0 takes any free one)"
                                .formatted(port, service),
                        e);
            }
            throw new PortTakenException(port, service, e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(HOST, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
