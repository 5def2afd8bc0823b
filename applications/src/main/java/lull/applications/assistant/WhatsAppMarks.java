package lull.applications.assistant;

import java.util.regex.Pattern;

/// Converter of the little Markdown that models write although they are asked not to: bold,
/// headings and links as WhatsApp shows them. All other text stays as it is. Pure.
final class WhatsAppMarks {

    private static final Pattern BOLD = Pattern.compile("\\*\\*(?=\\S)([^*\\n]+?)(?<=\\S)\\*\\*");
    private static final Pattern STRUCK = Pattern.compile("~~(?=\\S)([^~\\n]+?)(?<=\\S)~~");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +\\*{0,2}([^\\n*]+?)\\*{0,2} *$");
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\]\\n]*)]\\((\\S+?)\\)");

    private WhatsAppMarks() {}

    static String of(String text) {
        String linked = LINK.matcher(text).replaceAll(link -> {
            String shown = link.group(1).strip();
            String address = link.group(2);
            return java.util.regex.Matcher.quoteReplacement(
                    shown.isEmpty() || shown.equals(address) ? address : shown + ": " + address);
        });
        String headed = HEADING.matcher(linked).replaceAll("*$1*");
        return STRUCK.matcher(BOLD.matcher(headed).replaceAll("*$1*")).replaceAll("~$1~");
    }
}
