package com.shivx.models.onnx;

import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.shivx.models.graph.LabelOutput;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/** The labels that a call returns, numbers or texts, in a tensor of any rank. */
final class LabelTexts {

    private LabelTexts() {}

    static String[] of(OrtSession.Result result, LabelOutput label) throws OrtException {
        List<String> texts = new ArrayList<>();
        OnnxValue value = result.get(label.name()).orElseThrow();
        addTo(texts, value.getValue());
        return texts.toArray(String[]::new);
    }

    private static void addTo(List<String> texts, Object value) {
        if (!value.getClass().isArray()) {
            texts.add(value.toString());
            return;
        }
        for (int i = 0; i < Array.getLength(value); i++) {
            addTo(texts, Array.get(value, i));
        }
    }
}
