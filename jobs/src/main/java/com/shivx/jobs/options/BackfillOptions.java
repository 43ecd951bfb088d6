package com.shivx.jobs.options;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Where a backfill reads and writes. */
public final class BackfillOptions {

    public static final ConfigOption<List<String>> TICKS =
            ConfigOptions.key("backfill.ticks")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "Files or folders of ticks, separated by semicolons. Unset: the topic 'ticks' up to its"
                                    + " end at the start of the job.");

    public static final ConfigOption<String> FORMAT =
            ConfigOptions.key("backfill.format")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Format of the files. Unset: told from each file's name and first line.");

    public static final ConfigOption<String> SYMBOL =
            ConfigOptions.key("backfill.symbol")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Symbol of the ticks in files that do not name it. Unset: from the path.");

    public static final ConfigOption<String> ZONE =
            ConfigOptions.key("backfill.zone")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Time zone of files whose times are local, such as UTC or -05:00. Unset: known by broker.");

    public static final ConfigOption<String> OUTPUT =
            ConfigOptions.key("backfill.output")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder or URI that receives features/feature_set=NAME/event_date=YYYY-MM-DD/*.avro, which"
                                    + " may be that of the log. Required.");

    private BackfillOptions() {}
}
