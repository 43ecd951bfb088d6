package com.shivx.jobs;

import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.contract.AllowedUris;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The folders that models and what belongs to them may be read from, as every machine knows them.
 */
final class AllowedFolders {

    private AllowedFolders() {}

    /** Those that the options name; none where they name none. */
    static List<String> of(ReadableConfig options) {
        return options.getOptional(ScoringOptions.ALLOWED_URIS).orElse(List.of()).stream()
                .map(AllowedFolders::absolute)
                .toList();
    }

    /** A path may be relative to where the job is submitted; a URI stands for itself. */
    static String absolute(String uri) {
        return AllowedUris.hasScheme(uri)
                ? uri
                : Path.of(uri).toAbsolutePath().normalize().toString();
    }
}
