package lull.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class ConversationKeyTest {

    @Test
    void isReadBackFromItsText() {
        ConversationKey key = new ConversationKey("106540352242922", "US.13491208655302741918");

        assertThat(key.toString()).isEqualTo("106540352242922|US.13491208655302741918");
        assertThat(ConversationKey.parse(key.toString())).isEqualTo(key);
    }

    @Test
    void keepsASeparatorInTheCustomersId() {
        assertThat(ConversationKey.parse("1|a|b").customer()).isEqualTo("a|b");
    }

    @Test
    void isOneForAWholeGroup() {
        assertThat(ConversationKey.ofGroup("1", "Y2FwaV9ncm91cA").toString()).isEqualTo("1|group:Y2FwaV9ncm91cA");
        assertThat(ConversationKey.parse("1|group:x").isGroup()).isTrue();
    }

    @Test
    void hidesTheCustomerWhereItIsLogged() {
        assertThat(ConversationKey.parse("1|15550001001").masked()).isEqualTo("1|****1001");
    }

    @Test
    void refusesWhatIsNoKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> ConversationKey.parse("no separator"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ConversationKey("1|2", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ConversationKey("1", " "));
    }

    @Test
    void masksEveryKeyOfARecord() {
        assertThat(ConversationKey.masked("106540352242922|15550001001")).isEqualTo("106540352242922|****1001");
        assertThat(ConversationKey.masked("15550001001")).isEqualTo("****1001");
        assertThat(ConversationKey.masked("")).doesNotContain("1");
    }
}
