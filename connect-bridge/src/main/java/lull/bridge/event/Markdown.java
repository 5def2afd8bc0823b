package lull.bridge.event;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Markdown as Connect's agents write it, in WhatsApp's marks: bold, italic, strike-through, code, lists, quotes
/// and links. What it does not know stays as it is.
final class Markdown {

    private static final Pattern CODE = Pattern.compile("```[\\s\\S]*?```|`[^`\n]+`");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\\\\`*_{}\\[\\]()#+\\-.!~>|])");
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\]\n]*)\\]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^ {0,3}#{1,6}\\s+(.*?)\\s*#*$");
    private static final Pattern BULLET = Pattern.compile("(?m)^(\\s*)[*+]\\s+");
    private static final Pattern BOLD_ITALIC = Pattern.compile("\\*\\*\\*(?=\\S)(.+?)(?<=\\S)\\*\\*\\*");
    private static final Pattern BOLD = Pattern.compile("\\*\\*(?=\\S)(.+?)(?<=\\S)\\*\\*|__(?=\\S)(.+?)(?<=\\S)__");
    private static final Pattern ITALIC = Pattern.compile("(?<![*\\w])\\*(?=[^\\s*])([^*\n]+?)(?<=\\S)\\*(?![*\\w])");
    private static final Pattern STRIKE = Pattern.compile("~~(?=\\S)(.+?)(?<=\\S)~~");

    /// Stands for WhatsApp's star while stars of Markdown are still looked for; no text has it.
    private static final char STAR = '\uE000';

    /// Stands, with a number behind it, for what is not to be touched.
    private static final char KEPT = '\uE001';

    private static final Pattern KEPT_MARK = Pattern.compile(KEPT + "(\\d+)" + KEPT);

    private Markdown() {}

    /// The same text in WhatsApp's marks.
    static String toWhatsApp(String markdown) {
        List<String> kept = new ArrayList<>();
        String text = markdown.replace(String.valueOf(STAR), "").replace(String.valueOf(KEPT), "");
        text = keep(text, CODE, 0, kept);
        text = keep(text, ESCAPED, 1, kept);
        text = LINK.matcher(text).replaceAll(Markdown::link);
        text = HEADING.matcher(text).replaceAll(match -> bold(match.group(1).replace("**", "")));
        text = BULLET.matcher(text).replaceAll("$1- ");
        text = BOLD_ITALIC.matcher(text).replaceAll(match -> bold("_" + match.group(1) + "_"));
        text = BOLD.matcher(text).replaceAll(match -> bold(match.group(1) != null ? match.group(1) : match.group(2)));
        text = ITALIC.matcher(text).replaceAll(match -> Matcher.quoteReplacement("_" + match.group(1) + "_"));
        text = STRIKE.matcher(text).replaceAll(match -> Matcher.quoteReplacement("~" + match.group(1) + "~"));
        text = text.replace(STAR, '*');
        return KEPT_MARK
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(kept.get(Integer.parseInt(match.group(1)))));
    }

    private static String keep(String text, Pattern pattern, int group, List<String> kept) {
        return pattern.matcher(text).replaceAll(match -> {
            kept.add(match.group(group));
            return "" + KEPT + (kept.size() - 1) + KEPT;
        });
    }

    private static String bold(String text) {
        return Matcher.quoteReplacement(STAR + text + STAR);
    }

    private static String link(java.util.regex.MatchResult match) {
        String label = match.group(1);
        String address = match.group(2);
        String shown = label.isBlank() || label.equals(address) ? address : label + " (" + address + ")";
        return Matcher.quoteReplacement(shown);
    }
}
