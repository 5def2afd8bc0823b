package lull.whatsapp.action.analytics;

import java.util.List;
import lull.contract.json.Json;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionRule;
import lull.whatsapp.action.CommonParameters;
import lull.whatsapp.action.Parameter;
import lull.whatsapp.action.ParameterType;

/// Fields by which analytics are read, and how far they look back.
final class AnalyticsFields {

    private static final int DAY = 86_400;
    private static final int YEAR = 365;

    private AnalyticsFields() {}

    /// The parameters that all figures by phone number have: account, span, width of a point, and numbers.
    ///
    /// @param granularities widths that a point can have
    static List<Parameter> ofNumbers(String... granularities) {
        return List.of(
                CommonParameters.account(),
                CommonParameters.token(),
                CommonParameters.time("start", "Begin"),
                CommonParameters.time("end", "End"),
                Parameter.required("granularity", ParameterType.word(granularities), "Width of a point"),
                Parameter.optional(
                        "phone_numbers",
                        ParameterType.list(ParameterType.text(5, 20, "[0-9]+", "digits"), 1, 100),
                        "Only these numbers"));
    }

    /// Returns a field with its parameters, such as `analytics.start(1).end(2).granularity(DAY)`.
    static String of(ActionCall call, String field, String... filters) {
        StringBuilder text = new StringBuilder(field)
                .append(".start(")
                .append(call.text("start"))
                .append(").end(")
                .append(call.text("end"))
                .append(").granularity(")
                .append(call.text("granularity"))
                .append(')');
        for (String filter : filters) {
            if (call.has(filter)) {
                text.append('.')
                        .append(filter)
                        .append('(')
                        .append(Json.text(call.value(filter)))
                        .append(')');
            }
        }
        return text.toString();
    }

    /// That the end is after the begin, within a year.
    static ActionRule window() {
        return days(YEAR);
    }

    /// That the end is after the begin, within some days.
    static ActionRule days(int most) {
        return ActionRule.holds("end must be after start, by at most " + most + " days", given -> {
            long seconds = given.path("end").asLong() - given.path("start").asLong();
            return seconds > 0 && seconds <= (long) most * DAY;
        });
    }
}
