package com.shivx.models.quantization;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ContractMetadata;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.graph.ServingGraph;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the eight-bit form of a float model, in three steps: {@link #calibrate} on rows such as it
 * was trained on, {@link #rewrite}, and {@link #compare}, which tells whether it may take the
 * original's place. What stands before the first Gemm or MatMul, such as imputing and
 * standardising, stays in float, and so does everything between them. Holds a session of the
 * original until it is closed.
 */
public final class Quantizer implements AutoCloseable {

    /** The metadata key of a quantised file that holds the SHA-256 of its original. */
    public static final String QUANTIZED_FROM = "shivx.quantized-from";

    private final ModelArtifact original;
    private final ModelProto proto;
    private final ServingGraph serving;
    private final List<Product> products;
    private final OnnxModel model;

    private Quantizer(
            ModelArtifact original,
            ModelProto proto,
            ServingGraph serving,
            List<Product> products,
            OnnxModel model) {
        this.original = original;
        this.proto = proto;
        this.serving = serving;
        this.products = products;
        this.model = model;
    }

    /**
     * A quantizer of one model.
     *
     * @throws ModelRefusedException if it does not load, or has nothing that can be quantised
     */
    public static Quantizer of(ModelArtifact original) throws ModelRefusedException {
        ServingGraph serving = ServingGraph.parse(original.bytes());
        if (serving.metadata().containsKey(QUANTIZED_FROM)) {
            throw new ModelRefusedException(
                    "it is quantised already, from the file of checksum "
                            + serving.metadata().get(QUANTIZED_FROM),
                    "quantise that one");
        }
        ModelProto proto = parse(original.bytes());
        Operators.check(proto);
        List<Product> products = Products.of(proto.getGraph());
        return new Quantizer(
                original, proto, serving, products, ModelLoader.DEFAULT.load(original));
    }

    /** How many products it computes in whole numbers. */
    public int products() {
        return products.size();
    }

    /**
     * Sees how far its activations reach.
     *
     * @throws ModelRefusedException if the rows are too few, or the model answers none of them
     */
    public Calibration calibrate(SampleRows rows) throws ModelRefusedException {
        return new Calibrator(model, products).run(parse(serving.bytes()), serving.inputs(), rows);
    }

    /**
     * The quantised model: same contract, another version, and a file that says both, and what it
     * was made from.
     */
    public ModelArtifact rewrite(Calibration calibration, String version) {
        ModelContract was = original.contract();
        ModelContract contract =
                new ModelContract(
                        was.model(),
                        version,
                        was.task(),
                        was.featureSet(),
                        was.featureSetHash(),
                        was.columns(),
                        was.classes(),
                        was.actions(),
                        was.output(),
                        was.imputes());
        Map<String, String> metadata = new TreeMap<>(serving.metadata());
        metadata.putAll(ContractMetadata.of(contract));
        metadata.keySet().removeAll(ContractMetadata.impossibleKeys());
        metadata.put(QUANTIZED_FROM, original.sha256());
        ModelProto.Builder quantized =
                proto.toBuilder()
                        .setGraph(QuantizedGraph.of(proto.getGraph(), products, calibration))
                        .clearMetadataProps();
        metadata.forEach(
                (key, value) ->
                        quantized.addMetadataProps(
                                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return ModelArtifact.of(quantized.build().toByteArray(), contract);
    }

    /**
     * Scores rows by both models, the quantised one as it would serve.
     *
     * @throws ModelRefusedException if the quantised model does not pass the trial of every model
     *     that serves, or gives a row other bits beside other rows
     */
    public QuantizationReport compare(
            ModelArtifact quantized,
            Calibration calibration,
            SampleRows rows,
            QuantizationTolerance tolerance)
            throws ModelRefusedException {
        try (OnnxModel after = ModelLoader.DEFAULT.load(quantized)) {
            if (after.batchSizes()[0] < model.batchSizes()[0]) {
                throw new ModelRefusedException(
                        "quantised, it gives a row other scores beside other rows",
                        "let the float model serve");
            }
            ScoreChange change = ScoreComparison.of(model, after, rows);
            return new QuantizationReport(
                    original, quantized, calibration, change, tolerance.exceededBy(change));
        }
    }

    private static ModelProto parse(byte[] bytes) {
        try {
            return ModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("it was parsed before", e);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
