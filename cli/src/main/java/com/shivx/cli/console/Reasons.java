package com.shivx.cli.console;

import com.shivx.models.registry.FileReasons;
import java.io.IOException;

/** Why a file could not be used, in words instead of class names. */
public final class Reasons {

    private Reasons() {}

    /** {@code permission denied}, {@code no such folder}, or what the operating system says. */
    public static String of(IOException e) {
        return FileReasons.of(e);
    }
}
