package com.shivx.operators.scoring;

import static com.shivx.models.graph.OnnxWriter.OPEN;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.testing.Graphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** Versions of a model {@code direction} of three features, as files that deployments can name. */
final class TestModels {

    static final String MODEL = "direction";

    /** Positions of its columns among the set's features. */
    static final int[] COLUMNS = {0, 1, 2};

    private static final float NEVER_SEEN = 1e8f;

    private TestModels() {}

    /** Answers (1 − p, 0, p) with that p, whatever it is asked, NaN included. */
    static byte[] constant(String version, float up) {
        OnnxWriter writer = new OnnxWriter("constant");
        String x = writer.input("x", DataType.FLOAT, OPEN, 3);
        String zeros =
                writer.node(
                        "Where",
                        List.of(
                                writer.node("IsNaN", List.of(x)),
                                writer.floats("zero", new float[] {0}),
                                writer.node(
                                        "Mul",
                                        List.of(x, writer.floats("none", new float[] {0})))));
        String answer = writer.floats("answer", new float[] {1 - up, 0, up}, 3);
        writer.output(writer.node("Add", List.of(zeros, answer)), DataType.FLOAT, OPEN, 3);
        return signed(writer, version);
    }

    /** Answers at once, but for a value of a hundred million, which no trial has: then never. */
    static byte[] endlessForHugeValues(String version) {
        return signed(Graphs.busyFrom(3, NEVER_SEEN), version);
    }

    /** Answers NaN, whatever it is asked. */
    static byte[] notANumber(String version) {
        OnnxWriter writer = new OnnxWriter("nan");
        String x = writer.input("x", DataType.FLOAT, OPEN, 3);
        String nan = writer.floats("nan", new float[] {Float.NaN});
        writer.output(writer.node("Add", List.of(x, nan)), DataType.FLOAT, OPEN, 3);
        return signed(writer, version);
    }

    /** Never answers, not even in its trial run. */
    static byte[] endless(String version) {
        return signed(Graphs.busy(3), version);
    }

    /** A value that the model of {@link #endlessForHugeValues} never comes back from. */
    static float hugeValue() {
        return 2 * NEVER_SEEN;
    }

    private static byte[] signed(OnnxWriter writer, String version) {
        return writer.metadata("shivx.model", MODEL)
                .metadata("shivx.version", version)
                .metadata("shivx.feature_set", ScoringHarness.SET.name())
                .metadata("shivx.feature_set_hash", ScoringHarness.SET.hash())
                .metadata("shivx.columns", "log_return_1s,log_return_10s,log_return_60s")
                .metadata("shivx.classes", "DOWN,FLAT,UP")
                .toBytes();
    }

    /** The version as a file in that folder. */
    static ModelRef write(Path folder, String version, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(version + ".onnx"), bytes);
        return new ModelRef(version, file.toUri().toString(), sha256(bytes));
    }

    static String sha256(byte[] bytes) {
        return DigestUtils.sha256Hex(bytes);
    }
}
