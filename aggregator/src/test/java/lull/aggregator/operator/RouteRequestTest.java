package lull.aggregator.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteRequestTest {

    @Test
    void readsTheWholeList() throws UnreadableJson {
        RouteRequest request = request("{'revision':3,'by':'ana','routes':[{'name':'staff','app':'shop',"
                + "'businessNumber':'1','destination':'bot'},{'name':'pilot','share':12.5,'destination':'bot'},"
                + "{'name':'one','share':1,'destination':'connect'}]}");

        assertThat(request.revision()).isEqualTo(3);
        assertThat(request.by()).isEqualTo("ana");
        assertThat(request.routes())
                .containsExactly(
                        new Route("staff", "shop", "1", 100, "bot"),
                        new Route("pilot", null, null, 12.5, "bot"),
                        new Route("one", null, null, 1, "connect"));
        assertThat(request("{'revision':0,'routes':[]}").routes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                     | routes must be the whole list
            []                                                     | routes must be the whole list
            {'routes':[]}                                          | revision must be the number that GET returns
            {'routes':[],'revision':-1}                            | revision must be
            {'routes':[],'revision':1.5}                           | revision must be
            {'routes':[],'revision':99999999999999999999}          | revision must be
            {'routes':[],'revision':'1'}                           | revision must be
            {'routes':[],'revision':1,'by':1}                      | by of the body must be a text
            {'routes':[],'revision':1,'number':'1'}                | Unknown name number: the body has by, revision, routes
            {'routes':[1],'revision':1}                            | A route is an object such as
            {'routes':[{}],'revision':1}                           | Each route needs a name
            {'routes':[{'name':'a'}],'revision':1}                 | The route a needs a destination
            {'routes':[{'name':'a','to':'b'}],'revision':1}        | Unknown name to: the route a has app, businessNumber
            {'routes':[{'name':'A','destination':'b'}],'revision':1} | The name of a route has up to 64
            {'routes':[{'name':'a','destination':'b','share':'1'}],'revision':1} | share of the route a must be a number
            {'routes':[{'name':'a','destination':'b','share':100.5}],'revision':1} | A share is a number of percent
            {'routes':[{'name':'a','destination':'b','share':1e300}],'revision':1} | A share is a number of percent
            """)
    void saysWhatIsWrong(String body, String words) {
        assertThatThrownBy(() -> request(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    private static RouteRequest request(String body) throws UnreadableJson {
        return RouteRequest.of(Json.tree(body.replace('\'', '"')));
    }
}
