package lull.contract.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// Value of an input topic. Messages, ticks, settings, answers and erasures share the topic, because only their
/// common order makes a turn exact.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Message.class, name = "message"),
    @JsonSubTypes.Type(value = Tick.class, name = "tick"),
    @JsonSubTypes.Type(value = GapSetting.class, name = "setting"),
    @JsonSubTypes.Type(value = Answer.class, name = "answer"),
    @JsonSubTypes.Type(value = GapRuleSetting.class, name = "rule"),
    @JsonSubTypes.Type(value = GapModelSetting.class, name = "model"),
    @JsonSubTypes.Type(value = RouteSetting.class, name = "route"),
    @JsonSubTypes.Type(value = Erasure.class, name = "erasure")
})
public sealed interface InputRecord
        permits Message, Tick, GapSetting, Answer, GapRuleSetting, GapModelSetting, RouteSetting, Erasure {}
