package com.shivx.models.training.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.training.TrainingException;
import ml.dmlc.xgboost4j.java.DMatrix;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {

    @Test
    void passesAnAnswerOn() throws Exception {
        assertThat(NativeLibrary.call(() -> 7)).isEqualTo(7);
    }

    @Test
    void saysWhatToDoOnAMachineWithoutIt() {
        Throwable cause = new RuntimeException("/lib/libgomp.so.1: not found\nmore");
        assertThatThrownBy(
                        () ->
                                NativeLibrary.call(
                                        () -> {
                                            throw new ExceptionInInitializerError(cause);
                                        }))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("cannot be loaded on " + System.getProperty("os.name"))
                .hasMessageContaining("/lib/libgomp.so.1: not found; train on Linux")
                .hasMessageContaining("--trainer linear");
        assertThatThrownBy(
                        () ->
                                NativeLibrary.call(
                                        () -> {
                                            throw new UnsatisfiedLinkError("no xgboost4j");
                                        }))
                .hasMessageContaining(": no xgboost4j; train on");
    }

    @Test
    void givesOneLineOfWhatXgboostRefuses() {
        assertThatThrownBy(
                        () ->
                                NativeLibrary.call(
                                        () ->
                                                new DMatrix(
                                                        new float[] {Float.POSITIVE_INFINITY},
                                                        1,
                                                        1,
                                                        Float.NaN)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("XGBoost refuses: ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
