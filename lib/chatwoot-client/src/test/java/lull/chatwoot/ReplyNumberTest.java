package lull.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;

import lull.contract.reply.ReplyIds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyNumberTest {

    @Test
    void isReadFromTheIdThatItMakes() {
        ReplyNumber number = new ReplyNumber("desk-2-eu", 17, 4711, 1);

        assertThat(number.id()).isEqualTo("app-chatwoot-desk-2-eu-17-4711-1");
        assertThat(ReplyNumber.of(number.id())).contains(number);
        assertThat(ReplyIds.isOfApplication(number.id())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app-5f0c",
                "app-chatwoot-desk-1-2",
                "app-chatwoot-desk-1-2-x",
                "app-chatwoot-desk-1-99999999999999999999-0",
                "chatwoot-desk-1-2-0"
            })
    void isNotReadFromOtherIds(String id) {
        assertThat(ReplyNumber.of(id)).isEmpty();
    }
}
