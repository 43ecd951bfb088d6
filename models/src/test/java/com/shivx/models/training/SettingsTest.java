package com.shivx.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final List<Parameter> KNOWN =
            List.of(
                    Parameter.whole("depth", 4, 1, 12),
                    Parameter.real("eta", 0.05, 1e-4, 1),
                    Parameter.realOr("auto", "l2", 0, 10));

    @Test
    void takesWhatIsGivenAndTheDefaultsOfTheRest() throws Exception {
        Settings settings = Settings.of(KNOWN, Map.of("depth", "7", "l2", "2.5"));
        assertThat(settings.whole("depth")).isEqualTo(7);
        assertThat(settings.real("eta")).isEqualTo(0.05);
        assertThat(settings.real("l2")).isEqualTo(2.5);
        assertThat(settings).hasToString("{depth=7, eta=0.05, l2=2.5}");
        assertThat(Settings.of(KNOWN, Map.of()).text("l2")).isEqualTo("auto");
        assertThatThrownBy(() -> settings.text("none")).hasMessageContaining("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "depth|0|parameter depth is '0'; make it a whole number from 1 to 12",
                "depth|1.0|parameter depth is '1.0'; make it a whole number from 1 to 12",
                "depth|99999999999|parameter depth is '99999999999'; make it a whole number from 1 to 12",
                "eta|2|parameter eta is '2'; make it a number from 0.0001 to 1",
                "eta|NaN|parameter eta is 'NaN'; make it a number from 0.0001 to 1",
                "l2|best|parameter l2 is 'best'; make it auto or a number from 0 to 10",
                "etta|1|parameter etta=1 is not known; use one of depth, eta, l2"
            })
    void refusesWhatIsNotAllowed(String name, String value, String message) {
        assertThatThrownBy(() -> Settings.of(KNOWN, Map.of(name, value)))
                .isInstanceOf(TrainingException.class)
                .hasMessage(message);
    }
}
