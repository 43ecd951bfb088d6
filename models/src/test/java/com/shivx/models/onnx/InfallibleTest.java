package com.shivx.models.onnx;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.api.Test;

class InfallibleTest {

    @Test
    void makesAFaultOfACheckedException() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                Infallible.run(
                                        () -> {
                                            throw new OrtException("out of order");
                                        }))
                .withMessageContaining("out of order")
                .withCauseInstanceOf(OrtException.class);
    }

    @Test
    void leavesOthersAsTheyAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Infallible.get(() -> Integer.parseInt("x")));
    }
}
