package lull.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.junit.jupiter.api.Test;

final class MessageTest {

    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00.123Z");

    @Test
    void tellsWhatItAnswersAndThatItWasForwarded() throws UnreadableJson {
        assertThat(message("{'context':{'id':'wamid.1','from':'15550000001'}}").context())
                .contains(new MessageContext("wamid.1", "15550000001", false, false, null));
        assertThat(message("{'context':{'forwarded':true}}").context())
                .contains(new MessageContext(null, null, true, false, null));
        assertThat(message("{'context':{'frequently_forwarded':true}}").context())
                .contains(new MessageContext(null, null, true, true, null));
        assertThat(message("{'context':{'referred_product':{'catalog_id':7,'product_retailer_id':'r'}}}")
                        .context())
                .contains(new MessageContext(null, null, false, false, new MessageContext.Product("7", "r")));
        assertThat(message("{'context':null}").context()).isEmpty();
    }

    @Test
    void tellsTheAdvertisementThatLedHere() throws UnreadableJson {
        assertThat(message("{'referral':{'source_url':'u','source_id':'1','source_type':'ad','headline':'h','body':'b',"
                                + "'media_type':'video','video_url':'v','ctwa_clid':'c'}}")
                        .referral())
                .contains(new Referral("u", "1", "ad", "h", "b", "v", "c"));
        assertThat(message("{}").referral()).isEmpty();
    }

    @Test
    void tellsTheStateOfTheIdentityWhereverItStands() throws UnreadableJson {
        Identity identity = new Identity(true, "h", "1767607200");

        assertThat(message("{'identity':{'acknowledged':true,'hash':'h','created_timestamp':'1767607200'}}")
                        .identity())
                .contains(identity);
        assertThat(message("{'system':{'identity':{'acknowledged':true,'hash':'h','created_timestamp':1767607200}}}")
                        .identity())
                .contains(identity);
        assertThat(message("{}").identity()).isEmpty();
    }

    @Test
    void tellsItsGroup() throws UnreadableJson {
        assertThat(message("{'group_id':'g'}").groupId()).contains("g");
        assertThat(message("{}").groupId()).isEmpty();
    }

    @Test
    void isSentAtItsReceiveTimeWhereWhatsAppsIsNotReadable() throws UnreadableJson {
        assertThat(message("{'timestamp':1767607200}").sentAt()).isEqualTo(Instant.ofEpochSecond(1767607200));
        assertThat(message("{'timestamp':'soon'}").sentAt()).isEqualTo(NOW);
    }

    @Test
    void isReadAsItWasWrittenWithEqualKeysAndAll() throws UnreadableJson {
        String raw = "{\"id\":\"w\", \"x\":1, \"x\":2.50}";
        InputRecord written = new Message(
                "w",
                new ConversationKey("1", "5"),
                NOW,
                new Source("meta", "default"),
                new Business("1", null, null),
                new Customer(null, "5", null),
                null,
                Json.verbatim(raw));

        String json = Json.text(written);

        assertThat(json).contains("\"raw\":" + raw);
        assertThat(Json.read(json.getBytes(StandardCharsets.UTF_8), InputRecord.class))
                .isInstanceOf(Message.class);
    }

    private static Message message(String raw) throws UnreadableJson {
        return new Message(
                "w",
                new ConversationKey("1", "5"),
                NOW,
                new Source("meta", "default"),
                new Business("1", null, null),
                new Customer(null, "5", null),
                null,
                Json.tree(raw.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
