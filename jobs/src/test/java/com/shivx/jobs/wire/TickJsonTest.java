package com.shivx.jobs.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import com.shivx.models.wire.DeadLetterReason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TickJsonTest {

    private static final long RECEIVED = 77;
    private static final long ROW = 9;
    private static final Tick TRADE = Tick.trade("BTC", 5, 6, 7, 61837.63, 0.02, Aggressor.SELL);
    private static final String HEAD = "'symbol':'S','kind':'QUOTE','event_time_micros':1";
    private static final String QUOTE = HEAD + ",'bid_price':1,'ask_price':2";

    private final TickJson json = new TickJson();

    @Test
    void writesATradeInTheOrderOfTheContract() {
        assertThat(new String(json.write(TRADE), StandardCharsets.UTF_8))
                .isEqualTo(
                        quoted(
                                "{'symbol':'BTC','kind':'TRADE','event_time_micros':5,'received_micros':6,"
                                        + "'sequence':7,'price':61837.63,'size':0.02,'aggressor':'SELL'}"));
    }

    @Test
    void writesMissingSizesOfAQuoteAsNullAndTheRowWhereThereIsNoSequence() {
        Tick quote =
                Tick.quote("FX", 5, 6, Tick.NO_SEQUENCE, 1.5, Double.NaN, 1.25, Double.NaN)
                        .atRow(3);

        assertThat(new String(json.write(quote), StandardCharsets.UTF_8))
                .isEqualTo(
                        quoted(
                                "{'symbol':'FX','kind':'QUOTE','event_time_micros':5,'received_micros':6,'row':3,"
                                        + "'bid_price':1.5,'bid_size':null,'ask_price':1.25,'ask_size':null}"));
    }

    @Test
    void readsBackEveryTickToTheBit() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            Tick tick = anyTick(random, i);
            assertThat(json.read(json.write(tick), RECEIVED, ROW)).isEqualTo(tick);
        }
    }

    private static Tick anyTick(Random random, int i) {
        boolean sequenced = random.nextBoolean();
        long sequence = sequenced ? random.nextLong() : Tick.NO_SEQUENCE;
        String symbol = i % 7 == 0 ? "\u00e9\u4e2d\ud83d\ude00\"\\" + i : "spot:S" + i % 50;
        Tick tick =
                random.nextBoolean()
                        ? Tick.trade(
                                symbol,
                                random.nextLong(),
                                random.nextLong(),
                                sequence,
                                anyDouble(random),
                                anyDouble(random),
                                random.nextBoolean() ? Aggressor.BUY : null)
                        : Tick.quote(
                                symbol,
                                random.nextLong(),
                                random.nextLong(),
                                sequence,
                                anyDouble(random),
                                anyDouble(random),
                                anyDouble(random),
                                anyDouble(random));
        return sequenced ? tick : tick.atRow(random.nextInt(Integer.MAX_VALUE));
    }

    private static double anyDouble(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            case 2 -> random.nextBoolean() ? 0.0 : -0.0;
            case 3 -> Double.longBitsToDouble(random.nextLong() & 0x7fefffffffffffffL);
            case 4 -> random.nextInt(1_000_000);
            default -> random.nextInt(100_000_000) / 1e5;
        };
    }

    @Test
    void fallsBackToTheRecordsTimeAndOffset() throws Exception {
        Tick tick = read("{" + QUOTE + "}");

        assertThat(tick.receivedMicros()).isEqualTo(RECEIVED);
        assertThat(tick.row()).isEqualTo(ROW);
        assertThat(tick.hasSequence()).isFalse();
        assertThat(tick.bidSize()).isNaN();
    }

    @Test
    void fallsBackToTheEventTimeWhereNothingIsKnownOfReception() throws Exception {
        byte[] value = quoted("{" + QUOTE + "}").getBytes(StandardCharsets.UTF_8);

        assertThat(json.read(value, TickFields.AT_EVENT_TIME, ROW).receivedMicros()).isEqualTo(1);
    }

    @Test
    void prefersTheRowOfTheTickToThatOfTheRecordAndTheSequenceToBoth() throws Exception {
        assertThat(read("{" + QUOTE + ",'row':4}").row()).isEqualTo(4);
        assertThat(read("{" + QUOTE + ",'row':4,'sequence':8}"))
                .extracting(Tick::row, Tick::sequence)
                .containsExactly(Tick.NO_ROW, 8L);
    }

    @Test
    void ignoresWhatATickDoesNotHave() throws Exception {
        Tick tick =
                read(
                        "{'a':{'symbol':[1,{}]},'symbol ':3,"
                                + QUOTE
                                + ",'a':1,'size':3,'aggressor':'BUY'}");

        assertThat(tick.kind()).isEqualTo(TickKind.QUOTE);
        assertThat(tick.symbol()).isEqualTo("S");
        assertThat(tick.size()).isNaN();
        assertThat(tick.aggressor()).isNull();
    }

    @Test
    void readsNamesAndTextsThatAreEscapedAndAMarkOfByteOrder() throws Exception {
        assertThat(
                        read(
                                "\ufeff {'s\\u0079mbol':'\\u0053','kind':'QUOTE','event_time_micros':1,'bid_price':1,'ask_price':2} "))
                .isEqualTo(read("{" + QUOTE + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Nothing.
                "EMPTY         | ``",
                "EMPTY         | `  \t\r `",
                // No JSON, or not one object.
                "NOT_JSON      | not json",
                "NOT_JSON      | {QUOTE",
                "NOT_JSON      | {QUOTE}}",
                "NOT_JSON      | {QUOTE} {QUOTE}",
                "NOT_JSON      | {QUOTE} x",
                "NOT_JSON      | {HEAD,'bid_price':NaN,'ask_price':2}",
                "NOT_JSON      | {HEAD,'bid_price':-Infinity,'ask_price':2}",
                "NOT_JSON      | {HEAD,'bid_price':01,'ask_price':2}",
                "NOT_JSON      | {HEAD,'bid_price':+1,'ask_price':2}",
                "NOT_JSON      | {QUOTE,}",
                "NOT_JSON      | {QUOTE,'bid_price':3}",
                "NOT_JSON      | {'price':'abc',QUOTE",
                "NOT_JSON      | {QUOTE,'note':'\u0001'}",
                "NOT_TEXT      | {QUOTE,'note':'\u0000'}",
                "WRONG_TYPE    | 17",
                "WRONG_TYPE    | null",
                "WRONG_TYPE    | [{QUOTE}]",
                // Fields that are missing.
                "MISSING_FIELD | {}",
                "MISSING_FIELD | {'kind':'QUOTE','event_time_micros':1,'bid_price':1,'ask_price':2}",
                "MISSING_FIELD | {'symbol':' ','kind':'QUOTE','event_time_micros':1,'bid_price':1,'ask_price':2}",
                "MISSING_FIELD | {'symbol':'S','event_time_micros':1,'bid_price':1,'ask_price':2}",
                "MISSING_FIELD | {'symbol':'S','kind':'QUOTE','bid_price':1,'ask_price':2}",
                "MISSING_FIELD | {HEAD,'bid_price':1}",
                "MISSING_FIELD | {HEAD,'bid_price':null,'ask_price':2}",
                "MISSING_FIELD | {'symbol':'S','kind':'TRADE','event_time_micros':1,'price':null,'size':1}",
                "MISSING_FIELD | {'symbol':'S','kind':'TRADE','event_time_micros':1,'price':1}",
                // Fields of another type.
                "WRONG_TYPE    | {'symbol':3,'kind':'QUOTE','event_time_micros':1,'bid_price':1,'ask_price':2}",
                "WRONG_TYPE    | {'symbol':'S','kind':1,'event_time_micros':1,'bid_price':1,'ask_price':2}",
                "WRONG_TYPE    | {'symbol':'S','kind':'QUOTE','event_time_micros':'1','bid_price':1,'ask_price':2}",
                "WRONG_TYPE    | {'symbol':'S','kind':'QUOTE','event_time_micros':1.5,'bid_price':1,'ask_price':2}",
                "WRONG_TYPE    | {'symbol':'S','kind':'QUOTE','event_time_micros':1.0,'bid_price':1,'ask_price':2}",
                "WRONG_TYPE    | {'symbol':'S','kind':'QUOTE','event_time_micros':1e3,'bid_price':1,'ask_price':2}",
                "WRONG_TYPE    | {'symbol':'S','kind':'QUOTE','event_time_micros':9223372036854775808,'bid_price':1,'ask_price':2}",
                "WRONG_TYPE    | {QUOTE,'sequence':-9223372036854775808}",
                "WRONG_TYPE    | {QUOTE,'sequence':true}",
                "WRONG_TYPE    | {QUOTE,'row':-1}",
                "WRONG_TYPE    | {HEAD,'bid_price':'1','ask_price':2}",
                "WRONG_TYPE    | {HEAD,'bid_price':'nan','ask_price':2}",
                "WRONG_TYPE    | {HEAD,'bid_price':true,'ask_price':2}",
                "WRONG_TYPE    | {HEAD,'bid_price':[1],'ask_price':2}",
                "WRONG_TYPE    | {HEAD,'bid_price':{'a':1},'ask_price':2}",
                "WRONG_TYPE    | {QUOTE,'aggressor':'both'}",
                "UNKNOWN_KIND  | {'symbol':'S','kind':'quote','event_time_micros':1,'bid_price':1,'ask_price':2}",
                "UNKNOWN_KIND  | {'kind':'BAR','symbol':7}",
            })
    void refusesWithTheReason(DeadLetterReason reason, String line) {
        String text = line.replace("QUOTE'", "\2").replace("QUOTE", QUOTE).replace("\2", "QUOTE'");

        assertThat(problem(text.replace("HEAD", HEAD)).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\n",
                "\\u0000",
                "\\u001b[31m",
                "\\u007f",
                "\u0085",
                "\ufeff",
                "\u202e",
                "\u2028",
                "\\ud83d",
                "\\ude00"
            })
    void refusesASymbolOfCharactersThatAreNotSeen(String unseen) {
        UnreadableTickException problem =
                problem("{" + QUOTE.replace("'S'", "'S" + unseen + "x'") + "}");

        assertThat(problem.reason()).isEqualTo(DeadLetterReason.WRONG_TYPE);
        assertThat(problem.getMessage()).startsWith("symbol is \"S?").matches("\\P{C}+");
    }

    @Test
    void refusesASymbolWithoutEnd() throws Exception {
        String longest = "\u4e2d".repeat(255);

        assertThat(read("{" + QUOTE.replace("'S'", "'" + longest + "'") + "}").symbol())
                .isEqualTo(longest);
        assertThat(problem("{" + QUOTE.replace("'S'", "'" + longest + "x'") + "}").reason())
                .isEqualTo(DeadLetterReason.WRONG_TYPE);
    }

    @Test
    void refusesARecordWithoutValue() {
        assertThat(
                        catchThrowableOfType(
                                        UnreadableTickException.class,
                                        () -> json.read(null, RECEIVED, ROW))
                                .reason())
                .isEqualTo(DeadLetterReason.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda080", "f5808080", "e282", "fffe7b00"})
    void refusesWhatIsNotUtf8WhereverItStands(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex);
        String text = quoted("{'note':'" + "x".repeat(20) + "#'," + QUOTE + "}");
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        for (int at : new int[] {0, text.indexOf('#'), value.length - bad.length}) {
            byte[] broken = value.clone();
            System.arraycopy(bad, 0, broken, at, bad.length);
            assertThat(problem(broken).reason()).isEqualTo(DeadLetterReason.NOT_TEXT);
        }
    }

    @Test
    void refusesWhatIsTooLargeWithoutParsingIt() throws Exception {
        String quote = quoted("{" + QUOTE + "}");
        TickJson small = new TickJson(quote.length());

        assertThat(small.read(quote.getBytes(StandardCharsets.UTF_8), 1, 1).symbol())
                .isEqualTo("S");
        assertThat(
                        catchThrowableOfType(
                                        UnreadableTickException.class,
                                        () ->
                                                small.read(
                                                        (quote + "x")
                                                                .getBytes(StandardCharsets.UTF_8),
                                                        1,
                                                        1))
                                .reason())
                .isEqualTo(DeadLetterReason.TOO_LARGE);
    }

    @Test
    void survivesNestingAndNumbersWithoutEnd() {
        assertThat(problem("{'a':" + "[".repeat(60_000)).reason())
                .isEqualTo(DeadLetterReason.TOO_LARGE);
        assertThat(problem("{" + HEAD + ",'bid_price':" + "9".repeat(60_000) + "}").reason())
                .isEqualTo(DeadLetterReason.TOO_LARGE);
    }

    @Test
    void takesANumberBeyondDoubleForInfinite() throws Exception {
        assertThat(read("{" + HEAD + ",'bid_price':1e999,'ask_price':-1e999}"))
                .extracting(Tick::bidPrice, Tick::askPrice)
                .containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    @Test
    void readsNumbersAsTheJdkDoes() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            String digits = new BigInteger(1 + random.nextInt(200), random).toString();
            int point = random.nextInt(digits.length() + 1);
            String text =
                    (point == 0 ? "0" : digits.substring(0, point).replaceFirst("^0+(?=.)", ""))
                            + "."
                            + digits.substring(point)
                            + "0e"
                            + (random.nextInt(700) - 350);
            assertThat(read("{" + HEAD + ",'bid_price':" + text + ",'ask_price':2}").bidPrice())
                    .isEqualTo(Double.parseDouble(text));
        }
    }

    @Test
    void namesFieldValueAndRemedy() {
        assertThat(problem("{" + HEAD + ",'bid_price':'" + "y".repeat(50) + "'}"))
                .hasMessage(
                        "bid_price is \""
                                + "y".repeat(39)
                                + "…: write a number, or \"NaN\", \"Infinity\" or \"-Infinity\"");
        assertThat(problem("{" + HEAD + "}"))
                .hasMessageStartingWith("bid_price is missing: write a number");
        assertThat(problem("{'kind':'BAR'}"))
                .hasMessage("kind is \"BAR\": write \"TRADE\" or \"QUOTE\"");
    }

    @Test
    void isAsGoodAfterAFailureAsBefore() throws Exception {
        Tick before = read("{" + QUOTE + "}");
        problem("{'sequence':3,'price':1,'kind':'TRADE','symbol':'other'");

        assertThat(read("{" + QUOTE + "}")).isEqualTo(before);
    }

    private Tick read(String text) throws UnreadableTickException {
        return json.read(quoted(text).getBytes(StandardCharsets.UTF_8), RECEIVED, ROW);
    }

    private UnreadableTickException problem(String text) {
        return problem(quoted(text).getBytes(StandardCharsets.UTF_8));
    }

    private UnreadableTickException problem(byte[] value) {
        return catchThrowableOfType(
                UnreadableTickException.class, () -> json.read(value, RECEIVED, ROW));
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }
}
