package com.shivx.models.training.named;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainersTest {

    @ParameterizedTest
    @ValueSource(strings = {"xgboost", "linear", "command:python train.py"})
    void findsTrainersByTheirNames(String name) {
        assertThat(Trainers.byName(name).name()).isEqualTo(name);
    }

    @Test
    void namesThoseItKnows() {
        assertThat(Trainers.names()).containsExactly("xgboost", "linear", "command:CMD");
        assertThatThrownBy(() -> Trainers.byName("lightgbm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "trainer 'lightgbm' is not known; use one of xgboost, linear, command:CMD");
        assertThatThrownBy(() -> Trainers.byName("command: "))
                .hasMessageContaining("the command is empty");
    }
}
