package com.shivx.models.graph;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.shivx.models.ModelRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a row of features is laid into a model's inputs: all of it into one tensor [N, F], or each
 * column into a tensor [N, 1] or [N] of its own.
 *
 * @param inputs the inputs, in the graph's order
 * @param fixedBatch rows of a call where the graph fixes them; 0 where it does not
 */
public record InputLayout(List<Input> inputs, int fixedBatch) {

    /** A dimension that the graph leaves open. */
    public static final int OPEN = 0;

    /** The largest batch of a call; more rows are scored in several. */
    public static final int MAX_BATCH = 1024;

    /**
     * No market model is wider; a declared width beyond this is a tensor that holds no row of
     * features.
     */
    static final int MAX_COLUMNS = 65_536;

    /**
     * One input.
     *
     * @param rank 1 for [N], 2 for [N, width]
     * @param width values a row; {@link #OPEN} where the graph does not say
     */
    public record Input(String name, ElementType type, int rank, int width) {

        public long[] shape(int rows, int columns) {
            return rank == 1 ? new long[] {rows} : new long[] {rows, columns};
        }
    }

    public static InputLayout of(List<ValueInfoProto> declared) throws ModelRefusedException {
        if (declared.isEmpty()) {
            throw new ModelRefusedException("the graph has no input", "export one [N, F] tensor");
        }
        List<Input> inputs = new ArrayList<>();
        int fixedBatch = OPEN;
        for (ValueInfoProto value : declared) {
            inputs.add(input(value));
            int batch = batch(value);
            if (inputs.size() > 1 && batch != fixedBatch) {
                throw refused(value, "fixes another batch than the inputs before it");
            }
            fixedBatch = batch;
        }
        for (int i = 0; inputs.size() > 1 && i < inputs.size(); i++) {
            if (inputs.get(i).width() != 1) {
                throw refused(
                        declared.get(i), "is wide, and it is one of " + inputs.size() + " inputs");
            }
        }
        return new InputLayout(List.copyOf(inputs), fixedBatch);
    }

    /** Whether each column has an input of its own, so that their names say which is which. */
    public boolean perColumn() {
        return inputs.size() > 1;
    }

    /** Values in a row; {@link #OPEN} where the graph does not say. */
    public int columns() {
        return perColumn() ? inputs.size() : inputs.get(0).width();
    }

    public List<String> names() {
        return inputs.stream().map(Input::name).toList();
    }

    /** Whether any input takes whole numbers only. */
    public boolean wholeNumbers() {
        return inputs.stream().anyMatch(input -> input.type() == ElementType.INT64);
    }

    private static Input input(ValueInfoProto value) throws ModelRefusedException {
        TypeProto.Tensor tensor = value.getType().getTensorType();
        ElementType type = ElementType.of(tensor.getElemType());
        if (type == null) {
            throw refused(value, "is no tensor of float, double or int64");
        }
        int rank = tensor.getShape().getDimCount();
        if (rank != 1 && rank != 2) {
            throw refused(value, "has rank " + rank);
        }
        long width = rank == 1 ? 1 : size(tensor.getShape().getDim(1));
        if (width > MAX_COLUMNS) {
            throw refused(
                    value, "takes " + width + " values a row, and " + MAX_COLUMNS + " is the most");
        }
        return new Input(value.getName(), type, rank, (int) width);
    }

    private static int batch(ValueInfoProto value) throws ModelRefusedException {
        long batch = size(value.getType().getTensorType().getShape().getDim(0));
        if (batch > MAX_BATCH) {
            throw refused(value, "fixes the batch at " + batch + ", beyond " + MAX_BATCH);
        }
        return (int) batch;
    }

    /** Open dimensions are names, -1, or nothing at all. */
    private static long size(Dimension dimension) {
        return Math.max(OPEN, dimension.getDimValue());
    }

    private static ModelRefusedException refused(ValueInfoProto value, String what) {
        return new ModelRefusedException(
                "input '" + value.getName() + "' " + describe(value) + " " + what,
                "export one float tensor [N, F], or one input [N, 1] for each column");
    }

    /** Such as {@code float[N, 20]}. */
    static String describe(ValueInfoProto value) {
        if (!value.getType().hasTensorType()) {
            return value.getType().getValueCase().name().toLowerCase(Locale.ROOT);
        }
        TypeProto.Tensor tensor = value.getType().getTensorType();
        DataType type = DataType.forNumber(tensor.getElemType());
        List<String> dimensions =
                tensor.getShape().getDimList().stream()
                        .map(d -> size(d) == OPEN ? "N" : Long.toString(d.getDimValue()))
                        .toList();
        return (type == null ? "?" : type.name().toLowerCase(Locale.ROOT)) + dimensions;
    }
}
