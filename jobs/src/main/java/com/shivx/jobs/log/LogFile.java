package com.shivx.jobs.log;

import java.time.LocalDate;
import org.apache.flink.core.fs.Path;

/**
 * A finished file of the log.
 *
 * @param path where it is
 * @param group the folders between the kind's and the date's, such as {@code
 *     feature_set=market-v1}; empty where there are none
 * @param date the event date of its records, UTC
 * @param bytes its length
 */
public record LogFile(Path path, String group, LocalDate date, long bytes) {}
