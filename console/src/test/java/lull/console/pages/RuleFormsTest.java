package lull.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.FlagRule;
import lull.contract.message.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RuleFormsTest {

    private static final Route STAFF = new Route("staff", null, "106540352242922", 100, "bot");
    private static final Route PILOT = new Route("pilot", null, null, 10, "bot");
    private static final FlagRule QUIET = new FlagRule("typing", null, 25, false);

    /// Partition 1 has not read the latest change yet.
    private static final JsonNode REPORT = tree("""
            {"topic": "in", "revision": 7, "configured": [], "destinations": ["bot", "connect"], "unknownPartitions": [],
             "inForce": [
               {"partitions": [1], "revision": 6, "configured": true, "routes": [], "flags": []},
               {"partitions": [0], "revision": 7, "configured": false,
                "routes": [{"name": "staff", "businessNumber": "106540352242922", "destination": "bot"},
                           {"name": "pilot", "share": 10, "destination": "bot"}],
                "flags": [{"flag": "typing", "share": 25, "on": false}]}]}""");

    @Test
    void addsARouteToTheListOfTheLatestChange() {
        Route trial = new Route("trial", "shop", "1065", 0.5, "connect");

        assertThat(list(routes(Map.of(
                        "do", "set", "name", "trial", "to", "connect", "share", "0.5", "number", "1065", "app",
                        "shop"))))
                .isEqualTo(List.of(STAFF, PILOT, trial));
        assertThat(list(routes(Map.of("do", "set", "name", "rest", "to", "connect", "before", "pilot"))))
                .isEqualTo(List.of(STAFF, new Route("rest", null, null, 100, "connect"), PILOT));
    }

    @Test
    void changesAShareAndRemovesARoute() {
        assertThat(list(routes(Map.of("do", "share", "name", "pilot", "share", "20%"))))
                .isEqualTo(List.of(STAFF, PILOT.withShare(20)));
        assertThat(list(routes(Map.of("do", "remove", "name", "staff")))).isEqualTo(List.of(PILOT));
    }

    @Test
    void whatUndoesAChangeRestoresTheListBeforeIt() {
        RuleForms.Request.Put removed = (RuleForms.Request.Put) routes(Map.of("do", "remove", "name", "staff"));

        assertThat(list(routes(removed.undo()))).isEqualTo(List.of(STAFF, PILOT));
        RuleForms.Request.Put switched =
                (RuleForms.Request.Put) flags(Map.of("do", "set", "flag", "notes", "value", "off"));
        assertThat(list(flags(switched.undo()))).isEqualTo(List.of(QUIET));
    }

    @Test
    void whatUndoesTheFirstChangeGoesBackToTheConfiguration() {
        JsonNode untouched = tree("""
                {"topic": "in", "revision": 0, "inForce": [
                  {"partitions": [0, 1], "revision": 0, "configured": true, "routes": [], "flags": []}]}""");

        RuleForms.Request.Put set = (RuleForms.Request.Put)
                RuleForms.ofRoutes(untouched, Map.of("do", "set", "name", "pilot", "to", "connect"));

        assertThat(RuleForms.ofRoutes(REPORT, set.undo())).isInstanceOf(RuleForms.Request.Reset.class);
    }

    @Test
    void switchesAFlagForANumberAndLetsTheSettingsDecideAgain() {
        assertThat(list(flags(Map.of("do", "set", "flag", "typing", "value", "on", "number", "1065", "share", "100"))))
                .isEqualTo(List.of(QUIET, new FlagRule("typing", "1065", 100, true)));
        assertThat(list(flags(Map.of("do", "set", "flag", "typing", "value", "off", "share", "50"))))
                .isEqualTo(List.of(new FlagRule("typing", null, 50, false)));
        assertThat(list(flags(Map.of("do", "remove", "flag", "typing")))).isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do=set&name=Pilot&to=bot",
                "do=set&to=bot",
                "do=set&name=pilot",
                "do=set&name=pilot&to=bot&share=101",
                "do=set&name=pilot&to=bot&share=a lot",
                "do=set&name=pilot&to=bot&before=nobody",
                "do=share&name=pilot&share=",
                "do=share&name=nobody&share=5",
                "do=remove",
                "do=restore",
                "do=restore&rules=null",
                "do=restore&rules=[null]",
                "do=restore&rules=[{}]",
                "do=restore&rules={",
                "do=everything",
                ""
            })
    void aFormAboutRoutesThatMakesNoSenseIsAbsurdInASentence(String form) {
        assertThat(routes(fields(form)))
                .isInstanceOfSatisfying(
                        RuleForms.Request.Absurd.class,
                        absurd -> assertThat(absurd.problem())
                                .hasSizeGreaterThan(10)
                                .doesNotContain("Exception"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do=set&flag=typing",
                "do=set&flag=typing&value=maybe",
                "do=set&flag=typos&value=on",
                "do=set&flag=typing&value=on&share=-1",
                "do=remove&flag=typing&number=1065",
                "do=remove",
                "do=restore&rules=[null]",
                "do=reset",
                ""
            })
    void aFormAboutFlagsThatMakesNoSenseIsAbsurdInASentence(String form) {
        assertThat(flags(fields(form))).isInstanceOf(RuleForms.Request.Absurd.class);
    }

    @Test
    void nothingIsChangedWhereNothingIsKnown() {
        JsonNode unknown = tree("{\"topic\": \"in\", \"revision\": 0, \"inForce\": [], \"unknownPartitions\": [0, 1]}");

        assertThat(RuleForms.ofRoutes(unknown, Map.of("do", "reset"))).isInstanceOf(RuleForms.Request.Absurd.class);
        assertThat(RuleForms.ofFlags(unknown, Map.of("do", "restore", "rules", "[]")))
                .isInstanceOf(RuleForms.Request.Absurd.class);
    }

    @Test
    void theRevisionIsTheOneThatThePageShowed() {
        assertThat(RuleForms.revision(Map.of("revision", "7"))).isEqualTo(7);
        assertThat(RuleForms.revision(Map.of("revision", "-7"))).isEqualTo(-1);
        assertThat(RuleForms.revision(Map.of("revision", "99999999999999999999")))
                .isEqualTo(-1);
        assertThat(RuleForms.revision(Map.of())).isEqualTo(-1);
    }

    private static RuleForms.Request routes(Map<String, String> form) {
        return RuleForms.ofRoutes(REPORT, form);
    }

    private static RuleForms.Request flags(Map<String, String> form) {
        return RuleForms.ofFlags(REPORT, form);
    }

    private static List<?> list(RuleForms.Request request) {
        assertThat(request).isInstanceOf(RuleForms.Request.Put.class);
        return ((RuleForms.Request.Put) request).list();
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new HashMap<>();
        Forms.read(form.getBytes(StandardCharsets.UTF_8))
                .forEach((name, values) -> fields.put(name, values.getFirst()));
        return fields;
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
