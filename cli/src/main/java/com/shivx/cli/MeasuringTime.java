package com.shivx.cli;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How long a command measures the speed of models. */
final class MeasuringTime {

    private static final double LONGEST_SECONDS = 60;
    private static final double NANOS_PER_SECOND = 1e9;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description =
                    "Seconds that each model is measured at each number of rows, up to 60, after as"
                            + " long a warm-up (default: ${DEFAULT-VALUE}).")
    private double seconds;

    /**
     * @param seconds unless others are given
     */
    MeasuringTime(double seconds) {
        this.seconds = seconds;
    }

    /** What was given, as a command takes it that is called wrongly otherwise. */
    Duration checked(CommandSpec spec) {
        if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seconds %s is not above 0 and up to 60".formatted(seconds));
        }
        return Duration.ofNanos((long) (NANOS_PER_SECOND * seconds));
    }
}
