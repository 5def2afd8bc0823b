package lull.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;

import lull.contract.ConversationKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContactSourceTest {

    private static final String INBOX = "inbox-a";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100000000000001|15550001001",
                "100000000000001|US.13491208655302741918",
                "100000000000001|group:Y2FwaV9ncm91cDo/xx+==",
                "telegram:shop|4711",
                "1|ü👋"
            })
    void leadsBackToItsConversationAndIsTheSameEachTime(String key) {
        ConversationKey conversation = ConversationKey.parse(key);
        String source = ContactSource.of(INBOX, conversation);

        assertThat(ContactSource.conversation(INBOX, source)).contains(conversation);
        assertThat(ContactSource.of(INBOX, conversation)).isEqualTo(source).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void cannotBeMadeByWhoDoesNotKnowTheInbox() {
        ConversationKey conversation = ConversationKey.parse("100000000000001|15550001001");
        String source = ContactSource.of("inbox-b", conversation);

        assertThat(ContactSource.conversation(INBOX, source)).isEmpty();
        assertThat(ContactSource.of(INBOX, conversation)).isNotEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "0123456789abcdef0123456789abcdef",
                "x0123456789abcdef0123456789abcdef",
                "5f0c3e2c-0c39-4b6c-9d0e-9b1a4f7e6d21",
                "MTAw0123456789abcdef0123456789abcdeg"
            })
    void isNotReadFromWhatOthersMade(String source) {
        assertThat(ContactSource.conversation(INBOX, source)).isEmpty();
    }

    @Test
    void isNotReadWhenAnyCharacterIsChanged() {
        String source = ContactSource.of(INBOX, ConversationKey.parse("100000000000001|15550001001"));
        for (int at = 0; at < source.length(); at++) {
            char other = source.charAt(at) == 'a' ? 'b' : 'a';
            String changed = source.substring(0, at) + other + source.substring(at + 1);

            assertThat(ContactSource.conversation(INBOX, changed)).as(changed).isEmpty();
        }
    }
}
