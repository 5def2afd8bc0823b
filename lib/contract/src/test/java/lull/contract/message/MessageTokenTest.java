package lull.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageTokenTest {

    private static final String BY_PHONE =
            "wamid.HBgMMjAxMDExMTEwMDAxFQIAEhggMTFERTJBMENBNEU0M0M4RjJDQTE1QkYwRDc3QTk3NEEA";
    private static final String BY_USER_ID =
            "wamid.HBgWVVMuODg0MjAxOTM3NTYxMDI4NDc3MRUUABIYIDExREUyQTBDQTRFNDNDOEYyQ0ExNUJGMEQ3N0E5NzRBAA==";

    @Test
    void bothFormsOfAnIdHoldOneToken() {
        assertThat(MessageToken.of(BY_PHONE)).isEqualTo("11DE2A0CA4E43C8F2CA15BF0D77A974A");
        assertThat(MessageToken.of(BY_USER_ID)).isEqualTo("11DE2A0CA4E43C8F2CA15BF0D77A974A");
        assertThat(MessageToken.isSame(BY_PHONE, BY_USER_ID)).isTrue();
    }

    /// Businesses, iPhones, browsers and older phones have shorter tokens.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "6A326BA93E0D415BA5",
                "3A4A6599AEE03810144F",
                "3EB0C767D71D8A6E5B4F7A",
                "0123456789ABCDEF",
                "11DE2A0CA4E43C8F2CA15BF0D77A974A"
            })
    void theTokenOfAnyLengthIsTheSameInBothForms(String token) {
        String byPhone = id("\u0018\u000C201011110001\u0015\u0002\u0000\u0012\u0018", token);
        String byUserId = id("\u0018\u0016US.8842019375610284771\u0015\u0014\u0000\u0012\u0018", token);

        assertThat(byPhone).isNotEqualTo(byUserId);
        assertThat(MessageToken.of(byPhone)).isEqualTo(token);
        assertThat(MessageToken.of(byUserId)).isEqualTo(token);
    }

    @Test
    void realIdsOfBusinessesAndIPhonesHaveTheirTokens() {
        assertThat(MessageToken.of("wamid.HBgLMTU1NTAwMDEwMDEVAgARGBI2QTMyNkJBOTNFMEQ0MTVCQTUA"))
                .isEqualTo("6A326BA93E0D415BA5");
        assertThat(MessageToken.of("wamid.HBgLMTU1NTAwMDEwMDEVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA="))
                .isEqualTo("3A4A6599AEE03810144F");
    }

    private static String id(String before, String token) {
        String inside = "\u001C" + before + (char) token.length() + token + "\u0000";
        return "wamid." + Base64.getEncoder().encodeToString(inside.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void padsAndUrlSafeLettersDoNotMatter() {
        assertThat(MessageToken.of(BY_USER_ID.replace("=", ""))).isEqualTo(MessageToken.of(BY_USER_ID));
        assertThat(MessageToken.of(BY_PHONE.replace('+', '-').replace('/', '_')))
                .isEqualTo(MessageToken.of(BY_PHONE));
    }

    @Test
    void anotherMessageHasAnotherToken() {
        assertThat(MessageToken.isSame(
                        BY_PHONE, "wamid.HBgMMjAxMDExMTEwMDAxFQIAEhggQUM5RUYxMUY0N0IwRjc1MkFCNTdGNkU2N0E3MUFGNzgA"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wamid.", "wamid.1", "wamid.TEST1.2", "wamid.!", "m", "wamid.HBgLMTk4MzU1NTE5NzQVAgAS"})
    void anIdWithoutTokenStandsForItself(String id) {
        assertThat(MessageToken.of(id)).isEqualTo(id);
    }

    @Test
    void findsWhatIsInsideTheIdsOfAText() {
        String id = "wamid.HBgLMTU1NTAwMDEwMDEVAgARGBI2QTMyNkJBOTNFMEQ0MTVCQTUA";

        assertThat(MessageToken.insideIdsOf("{\"id\":\"" + id + "\",\"of\":\"" + id + "==\"}"))
                .hasSize(2)
                .allMatch(inside -> inside.contains("15550001001"));
        assertThat(MessageToken.insideIdsOf("no id, wamid. and wamid.A"))
                .allMatch(String::isEmpty)
                .hasSize(1);
    }
}
