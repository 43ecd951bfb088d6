package com.shivx.jobs.testing;

import java.util.List;
import java.util.Objects;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The uids of a job's operators. */
public final class Uids {

    private Uids() {}

    /** Of all of one kind, such as {@code SinkTransformation}; those without are left out. */
    public static List<String> of(StreamExecutionEnvironment env, Class<?> kind) {
        return env.getTransformations().stream()
                .flatMap(sink -> sink.getTransitivePredecessors().stream())
                .filter(kind::isInstance)
                .map(Transformation::getUid)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
