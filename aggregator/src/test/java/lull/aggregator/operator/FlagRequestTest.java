package lull.aggregator.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.FlagRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlagRequestTest {

    @Test
    void readsTheWholeList() throws UnreadableJson {
        FlagRequest request = request("{'revision':3,'by':'ana','flags':[{'flag':'typing','businessNumber':'1',"
                + "'share':12.5,'on':false},{'flag':'notes','on':true}]}");

        assertThat(request.revision()).isEqualTo(3);
        assertThat(request.by()).isEqualTo("ana");
        assertThat(request.flags())
                .containsExactly(new FlagRule("typing", "1", 12.5, false), new FlagRule("notes", null, 100, true));
        assertThat(request("{'revision':0,'flags':[]}").flags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                           | flags must be the whole list
            {'flags':[]}                                                 | revision must be the number that GET returns
            {'flags':[],'revision':1,'by':1}                             | by of the body must be a text
            {'flags':[],'revision':1,'routes':[]}                        | Unknown name routes: the body has by, flags
            {'flags':['typing'],'revision':1}                            | A rule is an object such as
            {'flags':[{}],'revision':1}                                  | Each rule needs a flag
            {'flags':[{'flag':'typing'}],'revision':1}                   | on of the rule of typing must be true or false
            {'flags':[{'flag':'typing','on':'off'}],'revision':1}        | on of the rule of typing must be true or false
            {'flags':[{'flag':'typing','on':true,'app':'a'}],'revision':1} | Unknown name app: the rule of typing has
            {'flags':[{'flag':'A','on':true}],'revision':1}              | The name of a flag has up to 64
            {'flags':[{'flag':'typing','on':true,'share':101}],'revision':1} | A share is a number of percent
            """)
    void saysWhatIsWrong(String body, String words) {
        assertThatThrownBy(() -> request(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    private static FlagRequest request(String body) throws UnreadableJson {
        return FlagRequest.of(Json.tree(body.replace('\'', '"')));
    }
}
