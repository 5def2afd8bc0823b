package lull.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.TreeMap;
import lull.console.sources.BillCalculator.Bill;
import lull.console.sources.BillCalculator.Gathering;
import lull.console.sources.BillCalculator.Ledger;
import lull.console.sources.BillCalculator.Line;
import lull.console.sources.BillCalculator.Splitting;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class MonthBillTest {

    private static final YearMonth MONTH = YearMonth.of(2026, 11);
    private static final Offset<Double> CENT = Offset.offset(0.005);
    private static final String NO_TURNS =
            "\"turns\":{\"turns\":0,\"messages\":0,\"oneByOne\":0,\"connectMessages\":0}";

    @Test
    void eachMessageCostsWhatWasInForceOnItsDay() {
        Bill bill = bill(
                prices("""
                        "connect.chat.message":{"price":0.010,"unit":"m","evidence":"given","earlier":[
                          {"until":"2026-11-02","price":0.004},{"until":"2026-01-01","price":0.001}]},
                        "whatsapp.service.DE":{"price":0.05,"unit":"m","evidence":"unverified"}
                        """),
                Map.of(
                        1, day("""
                                {"number":"1","prefix":"4915","category":"service","type":"regular","charged":true,"messages":10,"furtherParts":2}
                                """, """
                                {"number":"1","sender":"agent","messages":5,"furtherParts":0}
                                """),
                        2, day("""
                                {"number":"1","prefix":"4917","category":"service","type":"regular","charged":true,"messages":1,"furtherParts":0}
                                """, """
                                {"number":"1","sender":"agent","messages":1,"furtherParts":0},
                                {"number":"1","sender":"turn","messages":3,"furtherParts":1}
                                """)));

        assertThat(bill.whatsapp()).containsExactly(new Line("1", "service", "DE", "regular", 11, 0.05, 0.55));
        assertThat(bill.connect())
                .containsExactly(
                        new Line("1", "agent", "", "", 5, 0.004, 0.02),
                        new Line("1", "agent", "", "", 1, 0.010, 0.010),
                        new Line("1", "turn", "", "", 3, 0.010, 0.03));
        assertThat(bill.sum()).isEqualTo(0.55 + 0.06, CENT);
        assertThat(bill.splitting()).isEqualTo(new Splitting(2, 0.1, 1, 0.010));
        assertThat(bill.isOver()).isTrue();
        assertThat(bill.unverified()).containsExactly("whatsapp.service.DE");
        assertThat(bill.withoutPrice()).isEmpty();
    }

    @Test
    void whatIsFreeCostsNothingAndWhatHasNoPriceIsNamed() {
        Bill bill = bill(prices("""
                        "whatsapp.service.US":{"price":0.01,"unit":"m","evidence":"given"},
                        "whatsapp.authentication.US":{"price":0.02,"unit":"m","evidence":"given"},
                        "whatsapp.marketing.US":{"price":0.03,"unit":"m","evidence":"given"}
                        """), Map.of(1, day("""
                        {"number":"1","prefix":"1555","category":"service","type":"free_customer_service","charged":false,"messages":1000,"furtherParts":7},
                        {"number":"1","prefix":"4179","category":"service","type":"free_entry_point","charged":false,"messages":3,"furtherParts":0},
                        {"number":"1","prefix":"1555","category":"utility","type":"regular","charged":true,"messages":1,"furtherParts":0},
                        {"number":"1","prefix":"CA","category":"authentication","type":"regular","charged":true,"messages":1,"furtherParts":0},
                        {"number":"1","prefix":"1555","category":"marketing_lite","type":"regular","charged":true,"messages":1,"furtherParts":0},
                        {"number":"1","prefix":"1555","category":"group_service","type":"regular","charged":true,"messages":1,"furtherParts":0},
                        {"number":"1","prefix":"1876","category":"service","type":"regular","charged":true,"messages":2,"furtherParts":0},
                        {"number":"1","prefix":"1555","category":"referral_conversion","type":"new","messages":1,"furtherParts":0},
                        {"number":"1","prefix":"4179","category":"service","type":"regular","charged":true,"messages":1,"furtherParts":0},
                        {"number":"1","prefix":"4179","messages":4,"furtherParts":0}
                        """, "")));

        assertThat(bill.whatsappSum()).isEqualTo(0.01 + 0.02 + 0.03 + 0.01, CENT);
        assertThat(bill.whatsapp())
                .contains(
                        new Line("1", "service", "US", "free_customer_service", 1000, 0.0, 0.0),
                        new Line("1", "authentication", "US", "regular", 1, 0.02, 0.02),
                        new Line("1", "service", "CARIBBEAN", "regular", 2, null, null),
                        new Line("1", "unknown", "", "", 4, null, null));
        assertThat(bill.withoutPrice())
                .containsExactly(
                        "whatsapp.referral_conversion.US",
                        "whatsapp.service to numbers with 4179",
                        "whatsapp.service.CARIBBEAN");
        assertThat(bill.splitting().whatsappParts()).isZero();
    }

    @Test
    void turnsSaveWhatTheirMessagesWouldHaveCostOneByOne() {
        Map<Integer, String> days = Map.of(
                1,
                        "{\"whatsapp\":[],\"connect\":[],\"turns\":{\"turns\":1,\"messages\":4,\"oneByOne\":4,\"connectMessages\":3}}",
                2,
                        "{\"whatsapp\":[],\"connect\":[],\"turns\":{\"turns\":2,\"messages\":6,\"oneByOne\":7,\"connectMessages\":2}}");

        assertThat(bill(prices(""), days).gathering()).isEqualTo(new Gathering(10, 11, 5, 0.06));
        assertThat(new MonthBill(prices(""))
                        .bill(new Ledger(MONTH, new TreeMap<>(), false, false))
                        .gathering())
                .isNull();
    }

    @Test
    void aPriceMustBeOne() {
        assertThatThrownBy(() -> read("\"a\":{\"price\":-1,\"unit\":\"m\",\"evidence\":\"given\"}"))
                .isInstanceOf(UnreadableJson.class);
        assertThatThrownBy(
                        () -> read(
                                "\"a\":{\"price\":1,\"unit\":\"m\",\"evidence\":\"given\",\"earlier\":[{\"until\":\"soon\",\"price\":1}]}"))
                .isInstanceOf(UnreadableJson.class);
    }

    /// What is printed as JSON can be changed and read again.
    @Test
    void theListCanBeReadBack() throws UnreadableJson {
        assertThat(Prices.read(Json.bytes(Prices.listed()))).isEqualTo(Prices.listed());
        assertThat(Prices.listed().missing()).isEmpty();
    }

    @Test
    void everyMarketWithAPriceHasItsRecipients() {
        Prices prices = Prices.listed();

        assertThat(prices.serviceMarkets())
                .allSatisfy(market -> assertThat(prices.markets()).containsKey(market));
        assertThat(prices.market("4915")).contains("DE");
        assertThat(prices.market("1415")).contains("US");
        assertThat(prices.market("1876")).contains("CARIBBEAN");
        assertThat(prices.market("GB")).contains("GB");
        assertThat(prices.market("")).isEmpty();
    }

    private static String day(String whatsapp, String connect) {
        return "{\"whatsapp\":[" + whatsapp + "],\"connect\":[" + connect + "]," + NO_TURNS + "}";
    }

    private static Bill bill(Prices prices, Map<Integer, String> days) {
        TreeMap<LocalDate, JsonNode> ledger = new TreeMap<>();
        days.forEach((day, json) -> {
            try {
                ledger.put(MONTH.atDay(day), Json.tree(json));
            } catch (UnreadableJson e) {
                throw new AssertionError(e);
            }
        });
        return new MonthBill(prices).bill(new Ledger(MONTH, ledger, true, true));
    }

    /// A list with these prices of its own, and the markets of this version.
    private static Prices prices(String prices) {
        try {
            return read(
                    prices.contains("connect.chat.message")
                            ? prices
                            : "\"connect.chat.message\":{\"price\":0.010,\"unit\":\"m\",\"evidence\":\"given\"}"
                                    + (prices.isBlank() ? "" : "," + prices));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    private static Prices read(String prices) throws UnreadableJson {
        return Prices.read(("{\"date\":\"2026-11-27\",\"currency\":\"USD\",\"region\":\"us-east-1\",\"markets\":"
                        + Json.text(Map.copyOf(Prices.listed().markets())) + ",\"prices\":{" + prices + "}}")
                .getBytes(StandardCharsets.UTF_8));
    }
}
