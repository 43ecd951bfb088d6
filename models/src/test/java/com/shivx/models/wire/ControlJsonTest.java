package com.shivx.models.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.ModelRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlJsonTest {

    /** Without its last brace, so that a test can add to it. */
    private static final String REQUEST =
            "{'request_id':'r','model_id':'m','mode':'NOW','model_version':'1.0.0','uri':'/m',"
                    + "'sha256':'00','requested_by':'me'";

    private static final String DEPLOYMENT =
            "{'model_id':'m','generation':1,'mode':'NOW','symbols':'*','routing_unit':'SYMBOL','routing_slice_micros':1";

    private static final String REF = "{'model_version':'1.0.0','uri':'/m','sha256':'00'}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "EMPTY         | ",
                "NOT_JSON      | no json",
                "NOT_JSON      | {'request_id':",
                "NOT_JSON      | {'share':NaN}",
                "NOT_JSON      | REQUEST,'model_id':'n'}",
                "NOT_JSON      | REQUEST} {}",
                "WRONG_TYPE    | []",
                "WRONG_TYPE    | 3",
                "WRONG_TYPE    | null",
                "MISSING_FIELD | {}",
                "MISSING_FIELD | {'request_id':' '}",
                "MISSING_FIELD | {'request_id':null}",
                "WRONG_TYPE    | {'request_id':3}",
                "WRONG_TYPE    | {'request_id':'r','model_id':'m','mode':'RUNOUT'}",
                "WRONG_TYPE    | {'request_id':'r','model_id':'m','mode':0}",
                "WRONG_TYPE    | REQUEST,'share':'0.1'}",
                "WRONG_TYPE    | REQUEST,'symbols':[]}",
                "WRONG_TYPE    | REQUEST,'expected_generation':1.0}",
                "WRONG_TYPE    | REQUEST,'expected_generation':'1'}",
                "WRONG_TYPE    | REQUEST,'expected_generation':9223372036854775808}",
                "TOO_LARGE     | REQUEST,'share':LONG}",
                "TOO_LARGE     | REQUEST,'other':DEEP}",
            })
    void refusesARequestWithTheReason(DeadLetterReason reason, String value) {
        String text =
                (value == null ? "" : value)
                        .replace("REQUEST", REQUEST)
                        .replace("LONG", "9".repeat(2_000))
                        .replace("DEEP", "[".repeat(2_000));
        assertThat(problem(new DeploymentRequestJson(), bytes(text)).reason()).isEqualTo(reason);
    }

    @Test
    void refusesWhatIsNoTextAndWhatIsTooLongWithoutParsingIt() {
        DeploymentRequestJson json = new DeploymentRequestJson();
        assertThat(problem(json, null).reason()).isEqualTo(DeadLetterReason.EMPTY);
        assertThat(problem(json, bytes(" \n\t ")).reason()).isEqualTo(DeadLetterReason.EMPTY);
        assertThat(problem(json, new byte[] {(byte) 0xff}).reason())
                .isEqualTo(DeadLetterReason.NOT_TEXT);
        assertThat(problem(json, new byte[ControlJson.MAX_BYTES + 1]).reason())
                .isEqualTo(DeadLetterReason.TOO_LARGE);
    }

    @Test
    void namesFieldValueAndRemedy() {
        assertThat(problem(new DeploymentRequestJson(), bytes("{'mode':'x'}")))
                .hasMessage("request_id is missing: write a text");
        assertThat(
                        problem(
                                new DeploymentRequestJson(),
                                bytes("{'request_id':'r','model_id':'m','mode':'RUNOUT'}")))
                .hasMessage("mode is \"RUNOUT\": write one of NOW, CANARY, SHADOW, AB, ROLLOUT");
        assertThat(
                        problem(
                                new DeploymentJson(),
                                bytes(
                                        DEPLOYMENT
                                                + ",'champion':{'model_version':'1.0.0','uri':'"
                                                + "x".repeat(100)
                                                + "'}}")))
                .hasMessage("champion.sha256 is missing: write a text");
        assertThat(
                        problem(
                                new DeploymentJson(),
                                bytes(
                                        DEPLOYMENT
                                                + ",'champion':"
                                                + REF
                                                + ",'shadows':["
                                                + REF
                                                + ",{'uri':3}]}")))
                .hasMessage("shadows[1].model_version is missing: write a text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "MISSING_FIELD | DEPLOYMENT}",
                "WRONG_TYPE    | DEPLOYMENT,'champion':'1.0.0'}",
                "WRONG_TYPE    | DEPLOYMENT,'champion':[REF]}",
                "WRONG_TYPE    | DEPLOYMENT,'champion':REF,'canary':3}",
                "MISSING_FIELD | DEPLOYMENT,'champion':REF,'canary':{}}",
                "WRONG_TYPE    | DEPLOYMENT,'champion':REF,'shadows':REF}",
                "WRONG_TYPE    | DEPLOYMENT,'champion':REF,'shadows':['x']}",
                "WRONG_TYPE    | DEPLOYMENT,'champion':REF,'shadows':3}",
                "WRONG_TYPE    | DEPLOYMENT,'champion':REF,'salt':3}",
            })
    void refusesADeploymentWithTheReason(DeadLetterReason reason, String value) {
        String text = value.replace("DEPLOYMENT", DEPLOYMENT).replace("REF", REF);
        assertThat(problem(new DeploymentJson(), bytes(text)).reason()).isEqualTo(reason);
    }

    @Test
    void refusesASubtaskThatIsNone() {
        for (String subtask : List.of("-1", "2147483648")) {
            assertThat(
                            problem(
                                            new DeploymentEventJson(),
                                            bytes(
                                                    "{'model_id':'m','generation':1,'kind':'SERVING','parallelism':2,'subtask':"
                                                            + subtask
                                                            + "}"))
                                    .reason())
                    .isEqualTo(DeadLetterReason.WRONG_TYPE);
        }
    }

    /** A later writer may add fields; an earlier one has left out those with defaults. */
    @Test
    void readsWhatOtherReleasesWrite() throws Exception {
        assertThat(new DeploymentRequestJson().read(bytes(REQUEST + ",'later':[{'x':1}]}")))
                .isEqualTo(
                        new DeploymentRequest(
                                "r",
                                "m",
                                DeploymentMode.NOW,
                                new ModelRef("1.0.0", "/m", "00"),
                                0,
                                null,
                                null,
                                "me"));
        assertThat(new DeploymentJson().read(bytes(DEPLOYMENT + ",'champion':" + REF + "}")))
                .returns(null, Deployment::canary)
                .returns(List.of(), Deployment::shadows)
                .returns("", Deployment::salt);
    }

    @Test
    void keepsEveryBitOfAShareAndEveryCharacterOfAReason() throws Exception {
        Random random = new Random(1);
        DeploymentRequestJson requests = new DeploymentRequestJson();
        for (int i = 0; i < 1_000; i++) {
            DeploymentRequest request =
                    new DeploymentRequest(
                            "r",
                            "m",
                            DeploymentMode.CANARY,
                            new ModelRef("1.0.0", "/m", "00"),
                            random.nextDouble(),
                            null,
                            random.nextLong(),
                            "me");
            assertThat(requests.read(requests.write(request))).isEqualTo(request);
        }
        DeploymentEvent event =
                new DeploymentEvent(
                        "m",
                        1,
                        DeploymentEvent.Kind.REFUSED,
                        null,
                        null,
                        "\"\\\n\u0001 ü € 😀",
                        0,
                        1);
        DeploymentEventJson events = new DeploymentEventJson();
        assertThat(events.read(events.write(event))).isEqualTo(event);
    }

    /** Whatever the bytes are, there is a record or a reason. */
    @Test
    void hasAnAnswerToAnything() {
        Random random = new Random(2);
        byte[] good = bytes(DEPLOYMENT + ",'champion':" + REF + ",'shadows':[" + REF + "]}");
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] value = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                value[random.nextInt(value.length)] = (byte) (random.nextInt(96) + 32);
            }
            try {
                assertThat(new DeploymentJson().read(value).model()).isNotBlank();
                read++;
            } catch (UnreadableRecordException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isBetween(1, 19_999);
    }

    private static UnreadableRecordException problem(ControlJson<?> json, byte[] value) {
        return catchThrowableOfType(UnreadableRecordException.class, () -> json.read(value));
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
