package lull.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

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
