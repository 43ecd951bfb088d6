package com.shivx.cli;

import java.time.Duration;
import org.apache.flink.configuration.ConfigurationUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as Flink's options have them; a wrong one is wrong usage. */
final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            return ConfigurationUtils.convertValue(text, Duration.class);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'%s' is no duration; write 60s or 5min".formatted(text));
        }
    }
}
