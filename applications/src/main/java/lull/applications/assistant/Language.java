package lull.applications.assistant;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Guess of the language of a text: by its script, or by frequent short words. It is a hint for the
/// language model and for contact flows, no more. Pure.
final class Language {

    /// What is returned if nothing speaks for a language.
    static final String UNKNOWN = "und";

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}']+");

    private static final Map<Character.UnicodeScript, String> BY_SCRIPT = Map.ofEntries(
            Map.entry(Character.UnicodeScript.HIRAGANA, "ja"),
            Map.entry(Character.UnicodeScript.KATAKANA, "ja"),
            Map.entry(Character.UnicodeScript.HANGUL, "ko"),
            Map.entry(Character.UnicodeScript.HAN, "zh"),
            Map.entry(Character.UnicodeScript.ARABIC, "ar"),
            Map.entry(Character.UnicodeScript.HEBREW, "he"),
            Map.entry(Character.UnicodeScript.CYRILLIC, "ru"),
            Map.entry(Character.UnicodeScript.GREEK, "el"),
            Map.entry(Character.UnicodeScript.DEVANAGARI, "hi"),
            Map.entry(Character.UnicodeScript.THAI, "th"));

    private static final Map<String, Set<String>> WORDS = words(
            Map.of(
                    "en",
                    "the is are you my to and of it what when how can i'm have please hello hi thanks want with for",
                    "es",
                    "el la los las es está mi que qué de y donde dónde cuándo cómo puedo tengo por favor hola gracias quiero con"
                            + " para una un",
                    "pt",
                    "o a os as é está meu minha que de e onde quando como posso tenho por favor olá oi obrigado obrigada quero"
                            + " com para uma um não você",
                    "de",
                    "der die das ist sind mein meine wo wann wie kann ich habe bitte hallo danke möchte mit für und nicht eine ein",
                    "fr",
                    "le la les est sont mon ma où quand comment puis je j'ai bonjour merci veux avec pour et une un s'il vous pas",
                    "it",
                    "il lo gli è sono mio mia dove quando come posso ho per favore ciao buongiorno grazie vorrei con e una un non"));

    private Language() {}

    /// Returns the code of a language, as in ISO 639-1.
    static String of(String text) {
        Map<String, Integer> scripts = new LinkedHashMap<>();
        text.codePoints().filter(Character::isLetter).forEach(letter -> {
            String language = BY_SCRIPT.get(Character.UnicodeScript.of(letter));
            if (language != null) {
                scripts.merge(language, 1, Integer::sum);
            }
        });
        if (scripts.containsKey("ja")) {
            return "ja";
        }
        long letters = text.codePoints().filter(Character::isLetter).count();
        String script = most(scripts, (int) (letters / 2));
        return script.equals(UNKNOWN) ? byWords(text) : script;
    }

    private static String byWords(String text) {
        Map<String, Integer> found = new LinkedHashMap<>();
        List<String> words = Arrays.asList(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT)));
        for (String language : List.of("en", "es", "pt", "de", "fr", "it")) {
            Set<String> known = WORDS.getOrDefault(language, Set.of());
            found.put(language, (int) words.stream().filter(known::contains).count());
        }
        return most(found, 0);
    }

    /// Returns the language with the highest number above a limit; unknown if there is none, or two.
    private static String most(Map<String, Integer> numbers, int above) {
        String best = UNKNOWN;
        int most = above;
        for (Map.Entry<String, Integer> each : numbers.entrySet()) {
            if (each.getValue() > most) {
                best = each.getKey();
                most = each.getValue();
            } else if (each.getValue() == most) {
                best = UNKNOWN;
            }
        }
        return best;
    }

    private static Map<String, Set<String>> words(Map<String, String> texts) {
        Map<String, Set<String>> words = new LinkedHashMap<>();
        texts.forEach((language, text) -> words.put(language, Set.of(text.split(" "))));
        return words;
    }
}
