package lull.cli.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import lull.cli.campaign.CampaignFile.Campaign;
import lull.cli.campaign.CampaignFile.Row;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.junit.jupiter.api.Test;

final class CampaignFileTest {

    private static final Campaign CAMPAIGN = new Campaign(
            "spring", "100000000000001", "order_shipped", "en_US", "Ana", "Call", Map.of("queue", "sales"));

    @Test
    void aRowBecomesARequestWithParametersInTheirOrder() throws Exception {
        CampaignFile.Read read = read("""
                customer,2,header.image,1,button.0,quick_reply.1,attribute.tier,note,by
                +1 555 000-1001,"Monday, 9:00",https://files.example/a.png,17,x17,yes,gold,"Two
                lines",
                US.13491208655302741918,Tuesday,https://files.example/b.png,18,x18,no,,,Bo
                """);

        assertThat(read.problems()).isEmpty();
        JsonNode first = request(read.rows().getFirst());
        assertThat(first).isEqualTo(Json.tree("""
                        {"to":{"phone":"+1 555 000-1001"},"from":"100000000000001","template":{"name":"order_shipped",
                        "language":{"code":"en_US"},"components":[
                        {"type":"header","parameters":[{"type":"image","image":{"link":"https://files.example/a.png"}}]},
                        {"type":"body","parameters":[{"type":"text","text":"17"},{"type":"text","text":"Monday, 9:00"}]},
                        {"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"x17"}]},
                        {"type":"button","sub_type":"quick_reply","index":"1",
                        "parameters":[{"type":"payload","payload":"yes"}]}]},
                        "by":"Ana","note":"Two\\nlines","attributes":{"queue":"sales","tier":"gold"}}"""));
        JsonNode second = request(read.rows().getLast());
        assertThat(second.at("/to/userId").asText()).isEqualTo("US.13491208655302741918");
        assertThat(second.path("by").asText()).isEqualTo("Bo");
        assertThat(second.path("note").asText()).isEqualTo("Call");
        assertThat(second.path("attributes")).hasSize(1);
    }

    @Test
    void namedParametersAndAByteOrderMarkAreRead() throws Exception {
        CampaignFile.Read read =
                CampaignFile.read(CAMPAIGN, "\uFEFFcustomer;body.order\r\n15550001001;17\r\n\r\n", ';');

        assertThat(read.problems()).isEmpty();
        assertThat(request(read.rows().getFirst())
                        .at("/template/components/0/parameters/0")
                        .toString())
                .isEqualTo("{\"type\":\"text\",\"parameter_name\":\"order\",\"text\":\"17\"}");
    }

    @Test
    void allProblemsAreToldWithTheirRows() {
        assertThat(read("""
                        customer,1
                        12,17
                        15550001001,
                        15550001002,18,more
                        5511987654321,19
                        551187654321,20
                        """).problems())
                .containsExactly(
                        "row 2: to.phone must be a phone number with its country code, of 5 to 15 digits",
                        "row 3: 1 is empty",
                        "row 4: has 3 cells, and the header has 2",
                        "row 6: the same customer as in row 5");
        assertThat(read("phone,1,3,body.x,1\n").problems())
                .anySatisfy(problem -> assertThat(problem).startsWith("row 1: the column phone is not known."))
                .contains(
                        "row 1: the column 1 is there twice",
                        "row 1: the parameters of a body have either numbers or names")
                .anySatisfy(problem -> assertThat(problem).contains("have a gap"))
                .anySatisfy(problem -> assertThat(problem).contains("the column customer is missing"));
        assertThat(read("").problems()).singleElement().asString().startsWith("The file is empty");
        assertThat(read("customer\n").problems()).singleElement().asString().startsWith("The file has no customer");
        assertThat(read("customer,1\n\"15550001001,17\n").problems()).isNotEmpty();
    }

    @Test
    void theIdIsTheSameInEachRunAndAnotherInEachCampaign() {
        List<Row> rows = read("customer\n15550001001\n15550001002\n").rows();
        Campaign other = new Campaign("summer", "100000000000001", "order_shipped", "en_US", null, null, Map.of());

        assertThat(read("customer\n15550001002\n+15550001001\n").rows())
                .extracting(Row::replyId)
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(Row::replyId).toList());
        assertThat(CampaignFile.read(other, "customer\n15550001001\n", ',')
                        .rows()
                        .getFirst()
                        .replyId())
                .isNotEqualTo(rows.getFirst().replyId());
    }

    private static CampaignFile.Read read(String text) {
        return CampaignFile.read(CAMPAIGN, text, ',');
    }

    private static JsonNode request(Row row) throws UnreadableJson {
        return Json.tree(row.request());
    }
}
