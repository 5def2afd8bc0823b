package lull.applications.assistant;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Rules for what a model may say to customers: how long it is, which links it has, and that it has no
/// number of a payment card. Immutable, pure.
final class OutputRules {

    /// Characters that nobody sees, but those within emoji and some scripts.
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cc}&&[^\\n\\u200C\\u200D]]");

    private static final Pattern ANY_INVISIBLE = Pattern.compile("[\\p{Cf}\\u00AD]");

    private static final Pattern WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,20}://\\s*([^\\s/?#\\\\]*)");

    private static final String DOT = "[.\\u3002\\uFF0E\\uFF61]";

    /// What a messenger may make a link of without a scheme: a host with an ending of two letters, or another usual
    /// one, or any host with a path; and a number of a host with a port or a path.
    private static final Pattern HOST = Pattern.compile("(?i)(?<![\\p{L}\\p{N}._-])("
            + "(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*)" + DOT + ")+"
            + "(?:(?:[a-z]{2}|xn--[a-z0-9-]+|com|net|org|info|biz|app|dev|shop|store|online|site|xyz|link|click|top|live|page"
            + "|web|pro|name|mobi|club|cloud|blog|chat|email|help|support|today|world|news|tech|vip|win|bid|icu)"
            + "(?![\\p{L}\\p{N}-]|" + DOT + "[\\p{L}\\p{N}])"
            + "|\\p{L}{2,}(?=(?::\\d+)?/))"
            + "|(?:\\d{1,3}" + DOT + "){3}\\d{1,3}(?=(?::\\d+)?/|:\\d))");

    private static final Pattern ADDRESS_BEFORE = Pattern.compile("[\\p{L}\\p{N}._%+-]+@\\z");
    private static final Pattern OTHER_DOTS = Pattern.compile("[\\u3002\\uFF0E\\uFF61]");

    /// Digits with up to three blanks, dots, dashes or strokes between them.
    private static final Pattern DIGITS =
            Pattern.compile("\\p{Nd}(?:[ .\\u00A0/_|·\\p{Pd}]{0,3}\\p{Nd}){12,18}(?!\\p{Nd})");

    private final int maxCharacters;
    private final Set<String> hosts;

    /// @param hosts to which an answer may link, with all hosts below them
    OutputRules(int maxCharacters, List<String> hosts) {
        this.maxCharacters = maxCharacters;
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /// Returns the text without characters that nobody sees.
    static String visible(String text) {
        return INVISIBLE.matcher(text.replace("\r\n", "\n")).replaceAll("").strip();
    }

    /// Returns why a text must not be sent, without words of it; empty if it may.
    Optional<String> problem(String text) {
        if (text.codePointCount(0, text.length()) > maxCharacters) {
            return Optional.of("it has more than " + maxCharacters + " characters");
        }
        String plain = ANY_INVISIBLE.matcher(text).replaceAll("");
        if (!hosts.containsAll(known(linked(plain)))) {
            return Optional.of("it has a link to a host that is not allowed");
        }
        if (hasCardNumber(plain)) {
            return Optional.of("it has a number like that of a payment card");
        }
        return Optional.empty();
    }

    /// Returns hosts, and for each below an allowed one that one.
    private Set<String> known(Set<String> linked) {
        return linked.stream()
                .map(host -> hosts.stream()
                        .filter(allowed -> host.endsWith("." + allowed))
                        .findFirst()
                        .orElse(host))
                .collect(Collectors.toSet());
    }

    private static Set<String> linked(String text) {
        Set<String> linked = new HashSet<>();
        Matcher withScheme = WITH_SCHEME.matcher(text);
        while (withScheme.find()) {
            // In https://good.example@bad.example it is the last one that counts.
            String authority = withScheme.group(1);
            String host = authority.substring(authority.lastIndexOf('@') + 1).replaceAll(":\\d*\\z", "");
            linked.add(plainHost(host.replaceAll("[^\\p{L}\\p{N}]+\\z", "")));
        }
        Matcher bare = HOST.matcher(text);
        while (bare.find()) {
            // An e-mail address is no link.
            if (!ADDRESS_BEFORE.matcher(text.substring(0, bare.start())).find()) {
                linked.add(plainHost(bare.group(1)));
            }
        }
        return linked;
    }

    private static String plainHost(String host) {
        return OTHER_DOTS.matcher(host).replaceAll(".").toLowerCase(Locale.ROOT);
    }

    private static boolean hasCardNumber(String text) {
        Matcher matcher = DIGITS.matcher(text);
        int from = 0;
        while (matcher.find(from)) {
            int[] digits = matcher.group()
                    .codePoints()
                    .filter(Character::isDigit)
                    .map(digit -> Character.digit(digit, 10))
                    .toArray();
            if (isCardNumber(digits)) {
                return true;
            }
            from = matcher.start() + 1;
        }
        return false;
    }

    /// The check digit of payment cards, by Luhn.
    private static boolean isCardNumber(int[] digits) {
        int sum = 0;
        for (int place = 0; place < digits.length; place++) {
            int digit = digits[digits.length - 1 - place] * (place % 2 == 0 ? 1 : 2);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0 && digits[0] != 0;
    }
}
