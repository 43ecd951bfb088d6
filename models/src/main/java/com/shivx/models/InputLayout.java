package com.shivx.models;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
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
record InputLayout(List<Input> inputs, int fixedBatch) {

    /** A dimension that the graph leaves open. */
    static final int OPEN = 0;

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
    record Input(String name, ElementType type, int rank, int width) {

        long[] shape(int rows, int columns) {
            return rank == 1 ? new long[] {rows} : new long[] {rows, columns};
        }
    }

    static InputLayout of(List<ValueInfoProto> declared) throws ModelRefusedException {
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
    boolean perColumn() {
        return inputs.size() > 1;
    }

    /** Values in a row; {@link #OPEN} where the graph does not say. */
    int columns() {
        return perColumn() ? inputs.size() : inputs.get(0).width();
    }

    List<String> names() {
        return inputs.stream().map(Input::name).toList();
    }

    /** Whether any input takes whole numbers only. */
    boolean wholeNumbers() {
        return inputs.stream().anyMatch(input -> input.type() == ElementType.INT64);
    }

    /** The graph against the contract it is to be held to. */
    void check(ModelContract contract) throws ModelRefusedException {
        List<String> columns = contract.columns();
        if (perColumn() && !columns.equals(names())) {
            throw new ModelRefusedException(
                    "its inputs are named "
                            + names()
                            + ", and the contract's columns are "
                            + columns,
                    "name the columns as the inputs are named");
        }
        if (columns() != OPEN && columns.size() != columns()) {
            throw new ModelRefusedException(
                    "its input takes "
                            + columns()
                            + " columns, and the contract has "
                            + columns.size()
                            + ": "
                            + columns,
                    "name " + columns() + " columns in the model's order with --columns");
        }
        if (contract.featureSet() != null && wholeNumbers()) {
            throw new ModelRefusedException(
                    "its inputs take whole numbers (int64), and features are fractions",
                    "export it with float inputs");
        }
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
        if (batch > BatchScorer.MAX_BATCH) {
            throw refused(
                    value, "fixes the batch at " + batch + ", beyond " + BatchScorer.MAX_BATCH);
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
