package lull.applications.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HandOverRulesTest {

    private final HandOverRules rules = new HandOverRules(words(), 0.6, Set.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I want to talk to a person",
                "PERSON!",
                "Can I speak to someone?\nPlease",
                "Quiero hablar con una persona",
                "agente",
                "Quero falar com alguém",
                "Ich möchte mit einem Menschen sprechen",
                "Je veux parler avec une personne",
                "à une personne svp",
                "Vorrei parlare con qualcuno"
            })
    void asksForAPerson(String text) {
        assertThat(rules.asksForPerson(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Hello",
                "A table for one person",
                "Mesa para una persona",
                "Your agent told me so",
                "I can relate to a personal trainer",
                "humane"
            })
    void asksForNoPerson(String text) {
        assertThat(rules.asksForPerson(text)).isFalse();
    }

    @Test
    void languagesWithoutBlanksHaveNoWholeWords() {
        HandOverRules chinese = new HandOverRules(List.of("人工"), 0.6, Set.of());

        assertThat(chinese.asksForPerson("我要人工客服")).isTrue();
        assertThat(chinese.asksForPerson("你好")).isFalse();
    }

    private static List<String> words() {
        return TestAssistant.settings(Map.of("destinations", "helper")).get(AssistantSettings.words("helper"));
    }
}
