package com.shivx.cli;

import com.shivx.models.lifecycle.LifecycleCommand;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code shivx retrain}: a new version shall be trained now. */
@Command(
        name = "retrain",
        sortOptions = false,
        description = {
            "Ask that a new version of a model be trained now.",
            "The lifecycle job decides: one training is made at a time. The request is on the topic"
                    + " retrain-requests, how it goes on training-results."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx retrain --model direction --bootstrap-server broker:9092",
            "  shivx retrain --model direction --from 2026-11-01T00:00:00Z --reason 'new venue'"
        })
final class RetrainCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            paramLabel = "NAME",
            required = true,
            description = "The model line, such as direction.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String model;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = MicrosConverter.class,
            description =
                    "First event time to train on, such as 2026-11-01T00:00:00Z (default:"
                            + " retrain.history back).")
    private @Nullable Long fromMicros;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private @Nullable String reason;

    @Mixin private final LifecycleInputs lifecycle = new LifecycleInputs();

    @Override
    public Integer call() throws Exception {
        lifecycle.ask(LifecycleCommand.Kind.RETRAIN, model, null, null, fromMicros, reason);
        return 0;
    }

    /** Reads an instant as microseconds since the epoch. */
    static final class MicrosConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "'%s' is no time; write it as 2026-11-01T00:00:00Z".formatted(text));
            }
        }
    }
}
