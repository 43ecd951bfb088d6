package com.shivx.models.testing;

import static com.shivx.models.graph.OnnxWriter.OPEN;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.graph.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Versions of a model {@code direction} of three features, sound ones and bad ones, as files that
 * deployments can name.
 */
public final class DirectionModels {

    public static final String MODEL = "direction";

    static final FeatureSet SET = FeatureSets.byName("market-v1");
    static final List<String> COLUMNS =
            List.of("log_return_1s", "log_return_10s", "log_return_60s");
    private static final float NEVER_SEEN = 1e8f;

    private DirectionModels() {}

    /** Answers (1 − p, 0, p) with that p, whatever it is asked, NaN included. */
    public static byte[] constant(String version, float up) {
        OnnxWriter writer = new OnnxWriter("constant");
        String zeros = zeros(writer);
        String answer = writer.floats("answer", new float[] {1 - up, 0, up}, 3);
        writer.output(writer.node("Add", List.of(zeros, answer)), DataType.FLOAT, OPEN, 3);
        return signed(writer, version);
    }

    /** The same with so many numbers that it answers without, and keeps in memory. */
    public static byte[] constant(String version, float up, int ballast) {
        OnnxWriter writer = new OnnxWriter("ballast");
        String first =
                writer.node(
                        "Cast",
                        List.of(zeros(writer)),
                        OnnxWriter.attribute("to", DataType.INT64_VALUE));
        float[] numbers = new float[ballast];
        Arrays.fill(numbers, 1, ballast, up);
        String kept = writer.floats("ballast", numbers, ballast);
        String answer = writer.floats("answer", new float[] {1 - up, 0, up}, 3);
        String found = writer.node("Gather", List.of(kept, first));
        writer.output(writer.node("Add", List.of(found, answer)), DataType.FLOAT, OPEN, 3);
        return signed(writer, version);
    }

    /**
     * Softmax over (−s, 0, s), s so many times the return of the last second: UP after a rise, or,
     * with a weight below 0, after a fall.
     */
    public static byte[] following(String version, float weight) {
        OnnxWriter writer = new OnnxWriter("following");
        String x = writer.input("x", DataType.FLOAT, OPEN, 3);
        String w = writer.floats("w", new float[] {-weight, 0, weight, 0, 0, 0, 0, 0, 0}, 3, 3);
        String scores = writer.node("MatMul", List.of(x, w));
        writer.output(
                writer.node("Softmax", List.of(scores), OnnxWriter.attribute("axis", 1)),
                DataType.FLOAT,
                OPEN,
                3);
        return signed(writer, version);
    }

    /** A zero for each value, missing ones too. */
    private static String zeros(OnnxWriter writer) {
        String x = writer.input("x", DataType.FLOAT, OPEN, 3);
        String none = writer.floats("none", new float[] {0});
        return writer.node(
                "Where",
                List.of(
                        writer.node("IsNaN", List.of(x)),
                        writer.floats("zero", new float[] {0}),
                        writer.node("Mul", List.of(x, none))));
    }

    /** Answers at once, but for a value of a hundred million, which no trial has: then never. */
    public static byte[] endlessForHugeValues(String version) {
        return signed(Graphs.busyFrom(3, NEVER_SEEN), version);
    }

    /** A value that the model of {@link #endlessForHugeValues} never comes back from. */
    public static float hugeValue() {
        return 2 * NEVER_SEEN;
    }

    /** Answers NaN, whatever it is asked. */
    public static byte[] notANumber(String version) {
        OnnxWriter writer = new OnnxWriter("nan");
        String x = writer.input("x", DataType.FLOAT, OPEN, 3);
        String nan = writer.floats("nan", new float[] {Float.NaN});
        writer.output(writer.node("Add", List.of(x, nan)), DataType.FLOAT, OPEN, 3);
        return signed(writer, version);
    }

    /**
     * Answers as {@link #constant} does, but NaN where a value is nearer to 0 than the bound:
     * seldom enough in a trial, and again and again where prices stand still.
     */
    public static byte[] notANumberNearZero(String version, float up, float bound) {
        OnnxWriter writer = new OnnxWriter("near zero");
        String x = writer.input("x", DataType.FLOAT, OPEN, 3);
        String near =
                writer.node(
                        "Less",
                        List.of(
                                writer.node("Abs", List.of(x)),
                                writer.floats("bound", new float[] {bound})));
        String lost =
                writer.node(
                        "Where",
                        List.of(
                                near,
                                writer.floats("nan", new float[] {Float.NaN}),
                                writer.floats("zero", new float[] {0})));
        String answer = writer.floats("answer", new float[] {1 - up, 0, up}, 3);
        writer.output(writer.node("Add", List.of(lost, answer)), DataType.FLOAT, OPEN, 3);
        return signed(writer, version);
    }

    /** Never answers, not even in its trial run. */
    public static byte[] endless(String version) {
        return signed(Graphs.busy(3), version);
    }

    /** Takes four columns, and its contract names three. */
    public static byte[] wider(String version) {
        return signed(Graphs.softmax(4), version);
    }

    /** Gives one number, and its contract names three classes. */
    public static byte[] oneScore(String version) {
        return signed(Graphs.sum(3, "Sigmoid"), version);
    }

    /** Was made for a feature set of that name, but not for the one that is computed. */
    public static byte[] ofOtherFeatures(String version) {
        return signed(Graphs.softmax(3), version, "0".repeat(SET.hash().length()));
    }

    /** What no runtime reads. */
    public static byte[] corrupt(byte[] model) {
        byte[] corrupt = model.clone();
        Arrays.fill(corrupt, 40, 60, (byte) 0xff);
        return corrupt;
    }

    private static byte[] signed(OnnxWriter writer, String version) {
        return signed(writer, version, SET.hash());
    }

    private static byte[] signed(OnnxWriter writer, String version, String featureSetHash) {
        return writer.metadata("shivx.model", MODEL)
                .metadata("shivx.version", version)
                .metadata("shivx.feature_set", SET.name())
                .metadata("shivx.feature_set_hash", featureSetHash)
                .metadata("shivx.columns", String.join(",", COLUMNS))
                .metadata("shivx.classes", "DOWN,FLAT,UP")
                .toBytes();
    }

    /** The version as a file in that folder. */
    public static ModelRef write(Path folder, String version, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(version + ".onnx"), bytes);
        return new ModelRef(version, file.toUri().toString(), DigestUtils.sha256Hex(bytes));
    }

    /** A deployment of one version for every symbol. */
    public static Deployment alone(long generation, ModelRef champion) {
        return alone(MODEL, generation, champion);
    }

    /** The same of another model. */
    public static Deployment alone(String model, long generation, ModelRef champion) {
        Deployment first = Deployment.initial(model, champion);
        return new Deployment(
                first.model(),
                generation,
                first.mode(),
                champion,
                null,
                0,
                List.of(),
                first.symbols(),
                first.routingUnit(),
                first.routingSliceMicros(),
                "",
                "r");
    }
}
