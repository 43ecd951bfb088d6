package com.shivx.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelRefusedExceptionTest {

    private final ModelRefusedException refused =
            new ModelRefusedException("m.onnx is no ONNX model", "export it again");

    @Test
    void namesWhereTheModelCameFrom() {
        ModelRefusedException named = refused.of("s3://models/other");
        assertThat(named)
                .hasMessage("s3://models/other: m.onnx is no ONNX model; export it again")
                .hasCause(refused);
        assertThat(named.remedy()).isEqualTo("export it again");
    }

    @Test
    void namesItOnce() {
        assertThat(refused.of("m.onnx")).isSameAs(refused);
    }
}
