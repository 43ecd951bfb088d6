package com.shivx.bench.micro;

import com.shivx.features.FeatureVector;
import com.shivx.jobs.wire.FeatureVectorAvro;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A vector of {@code market-v1} as Avro, written. */
@State(Scope.Thread)
public class FeatureVectorAvroBenchmark {

    private final FeatureVectorAvro avro = new FeatureVectorAvro();
    private final FeatureVector[] vectors = Tape.vectors().toArray(FeatureVector[]::new);
    private int next;

    @Benchmark
    public byte[] write() {
        return avro.write(vectors[next++ & (vectors.length - 1)]);
    }
}
