package com.shivx.models.quantization;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.shivx.models.ModelRefusedException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a model's operators are those that quantising helps. */
final class Operators {

    /** From it on DequantizeLinear takes a scale for each output. */
    private static final long OLDEST_OPSET = 13;

    private static final Set<String> PRODUCTS = Set.of("Gemm", "MatMul");

    private Operators() {}

    /** Whether it is a product of ONNX's own operators. */
    static boolean isProduct(NodeProto node) {
        return isOnnx(node.getDomain()) && PRODUCTS.contains(node.getOpType());
    }

    static boolean isAdd(NodeProto node) {
        return isOnnx(node.getDomain()) && node.getOpType().equals("Add");
    }

    /**
     * Refuses a model that has nothing to quantise, or has been quantised.
     *
     * @throws ModelRefusedException with the reason
     */
    static void check(ModelProto model) throws ModelRefusedException {
        GraphProto graph = model.getGraph();
        List<NodeProto> all =
                Stream.concat(
                                nodes(graph.getNodeList()),
                                model.getFunctionsList().stream()
                                        .flatMap(function -> nodes(function.getNodeList())))
                        .toList();
        for (NodeProto node : all) {
            if (isQuantized(node)) {
                throw new ModelRefusedException(
                        "it is quantised already: it has a " + node.getOpType(),
                        "quantise the float model that it was made from");
            }
        }
        long products = all.stream().filter(Operators::isProduct).count();
        if (products == 0) {
            throw new ModelRefusedException(
                    "it has no Gemm or MatMul, and eight-bit numbers help nothing else"
                            + (all.stream().anyMatch(Operators::isTree)
                                    ? ": it is made of trees"
                                    : ""),
                    "let it serve as it is");
        }
        if (products > graph.getNodeList().stream().filter(Operators::isProduct).count()) {
            throw new ModelRefusedException(
                    "it has products inside a function or a branch (If, Loop, Scan)",
                    "export it as one plain graph");
        }
        checkOpset(model);
    }

    private static void checkOpset(ModelProto model) throws ModelRefusedException {
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            if (isOnnx(opset.getDomain()) && opset.getVersion() < OLDEST_OPSET) {
                throw new ModelRefusedException(
                        "it is stamped opset "
                                + opset.getVersion()
                                + ", which has no operators for eight-bit numbers",
                        "export it for opset " + OLDEST_OPSET + " or a newer one");
            }
        }
    }

    /** With those of branches inside them. */
    private static Stream<NodeProto> nodes(List<NodeProto> nodes) {
        return nodes.stream()
                .flatMap(
                        node ->
                                Stream.concat(
                                        Stream.of(node),
                                        graphs(node).flatMap(inner -> nodes(inner.getNodeList()))));
    }

    /** The graphs that a node has among its attributes. */
    static Stream<GraphProto> graphs(NodeProto node) {
        return node.getAttributeList().stream()
                .flatMap(
                        (AttributeProto attribute) ->
                                Stream.concat(
                                        attribute.hasG()
                                                ? Stream.of(attribute.getG())
                                                : Stream.empty(),
                                        attribute.getGraphsList().stream()));
    }

    private static boolean isQuantized(NodeProto node) {
        String operator = node.getOpType();
        return operator.endsWith("uantizeLinear")
                || operator.startsWith("QLinear")
                || operator.contains("MatMulInteger")
                || operator.contains("ConvInteger")
                || operator.equals("DynamicQuantizeMatMul")
                || operator.startsWith("MatMulNBits")
                || operator.equals("QGemm");
    }

    private static boolean isTree(NodeProto node) {
        return node.getOpType().startsWith("TreeEnsemble");
    }

    private static boolean isOnnx(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }
}
