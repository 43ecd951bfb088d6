package com.shivx.models.graph;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.shivx.models.ModelRefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How a row of features is laid into a model's inputs: all of it into one tensor [N, F], each
 * column into a tensor [N, 1] or [N] of its own, or its columns in turn into several that are
 * wider.
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
     * @param rank 1 for [N] or [F], 2 for [N, F], more for networks that want single steps or
     *     channels, as [N, 1, F]
     * @param valuesAt which dimension holds the values of a row: 0 where there is none for rows and
     *     a call takes one, −1 where a row is one value
     * @param width values a row; {@link #OPEN} where the graph does not say
     */
    public record Input(String name, ElementType type, int rank, int valuesAt, int width) {

        /** Its shape in a call. */
        public long[] shape(int rows, int values) {
            long[] shape = new long[rank];
            Arrays.fill(shape, 1);
            shape[0] = rows;
            if (valuesAt >= 0) {
                shape[valuesAt] = values;
            }
            return shape;
        }
    }

    public static InputLayout of(List<ValueInfoProto> declared) throws ModelRefusedException {
        if (declared.isEmpty()) {
            throw new ModelRefusedException("the graph has no input", "export one [N, F] tensor");
        }
        List<Input> inputs = new ArrayList<>();
        int fixedBatch = OPEN;
        for (ValueInfoProto value : declared) {
            Input input = input(value);
            inputs.add(input);
            int batch = batch(value, input);
            if (inputs.size() > 1 && batch != fixedBatch) {
                throw refused(value, "fixes another batch than the inputs before it");
            }
            fixedBatch = batch;
            if (declared.size() > 1 && input.width() == OPEN) {
                throw refused(
                        value,
                        "leaves its width open, and is one of " + declared.size() + " inputs");
            }
        }
        return new InputLayout(List.copyOf(inputs), fixedBatch);
    }

    /** Whether each column has an input of its own, so that their names can say which is which. */
    public boolean perColumn() {
        return inputs.size() > 1 && inputs.stream().allMatch(input -> input.width() == 1);
    }

    /**
     * Whether columns can be laid into the inputs in this order: where inputs bear the names of
     * columns, each must be given its own.
     */
    public boolean takes(List<String> columns) {
        return !perColumn() || columns.equals(names()) || Collections.disjoint(columns, names());
    }

    /** Values in a row; {@link #OPEN} where the graph does not say. */
    public int columns() {
        return inputs.stream().mapToInt(Input::width).sum();
    }

    public List<String> names() {
        return inputs.stream().map(Input::name).toList();
    }

    /** Whether any input takes whole numbers only. */
    public boolean wholeNumbers() {
        return inputs.stream().anyMatch(input -> input.type() == ElementType.INT64);
    }

    private static Input input(ValueInfoProto value) throws ModelRefusedException {
        ElementType type = ElementType.of(value.getType().getTensorType().getElemType());
        if (type == null) {
            throw refused(value, "is no tensor of float, double or int64");
        }
        long[] sizes = sizes(value);
        int[] wide = IntStream.range(1, sizes.length).filter(i -> sizes[i] != 1).toArray();
        if (sizes.length == 0 || wide.length > 1) {
            throw refused(value, "takes no row of values");
        }
        if (sizes.length == 1 && sizes[0] <= 1) {
            return new Input(value.getName(), type, 1, -1, 1);
        }
        // A fixed number alone is that of a row's values: nobody fixes a batch of one column.
        int valuesAt = wide.length == 1 ? wide[0] : sizes.length - 1;
        long width = sizes[valuesAt];
        if (width > MAX_COLUMNS) {
            throw refused(
                    value, "takes " + width + " values a row, and " + MAX_COLUMNS + " is the most");
        }
        return new Input(value.getName(), type, sizes.length, valuesAt, (int) width);
    }

    private static int batch(ValueInfoProto value, Input input) throws ModelRefusedException {
        long batch = input.valuesAt() == 0 ? 1 : sizes(value)[0];
        if (batch > MAX_BATCH) {
            throw refused(value, "fixes the batch at " + batch + ", beyond " + MAX_BATCH);
        }
        return (int) batch;
    }

    /** Of a tensor whose shape is not declared at all, those of [N, F]. */
    private static long[] sizes(ValueInfoProto value) {
        TypeProto.Tensor tensor = value.getType().getTensorType();
        return tensor.hasShape()
                ? tensor.getShape().getDimList().stream().mapToLong(InputLayout::size).toArray()
                : new long[] {OPEN, OPEN};
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
