package lull.applications.assistant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

    private static final String LABEL = "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}-]*";

    /// Words with dots between them, and what follows, of which a messenger may make a link without a scheme.
    private static final Pattern DOTTED = Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}])(?<host>" + LABEL + "(?:" + DOT
            + LABEL + ")+)(?:(?<path>(?::\\d+)?/)|(?<port>:\\d)|(?<address>@[\\p{L}\\p{N}]))?");

    private static final Pattern NUMBERS = Pattern.compile("\\d{1,3}(?:" + DOT + "\\d{1,3}){3}");

    private static final Pattern LATIN_BEFORE_OTHERS = Pattern.compile("\\A[A-Za-z][A-Za-z0-9-]+(?=\\P{ASCII})");

    /// Between a letter of a language without blanks and a Latin one.
    private static final Pattern SCRIPTS =
            Pattern.compile("(?<=[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}])(?=[A-Za-z0-9])");

    /// Top-level domains; of two Latin letters are all others.
    private static final Set<String> TOP_LEVEL_DOMAINS = topLevelDomains();

    private static final Pattern ADDRESS_BEFORE = Pattern.compile("[\\p{L}\\p{N}._%+-]+@\\z");
    private static final Pattern OTHER_DOTS = Pattern.compile("[\\u3002\\uFF0E\\uFF61]");

    /// Digits with up to three blanks, ends of lines, dots, dashes or strokes between them.
    private static final Pattern DIGITS =
            Pattern.compile("\\p{Nd}(?:[\\s.\\u00A0/_|·\\p{Pd}]{0,3}\\p{Nd}){12,18}(?!\\p{Nd})");

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
        String plain = Normalizer.normalize(ANY_INVISIBLE.matcher(text).replaceAll(""), Normalizer.Form.NFKC);
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
        addBare(text, linked);
        addBare(SCRIPTS.matcher(text).replaceAll(" "), linked);
        return linked;
    }

    private static void addBare(String text, Set<String> linked) {
        Matcher dotted = DOTTED.matcher(text);
        while (dotted.find()) {
            boolean hasPath = dotted.group("path") != null;
            // An e-mail address is no link.
            boolean isAddress = dotted.group("address") != null
                    || (!hasPath
                            && ADDRESS_BEFORE
                                    .matcher(text.substring(0, dotted.start()))
                                    .find());
            if (!isAddress) {
                host(dotted.group("host"), hasPath, hasPath || dotted.group("port") != null)
                        .map(OutputRules::plainHost)
                        .ifPresent(linked::add);
            }
        }
    }

    /// Returns the host in words with dots between them: all, if a path follows; the number of a host, if a path or a
    /// port follows; else up to the last top-level domain.
    private static Optional<String> host(String dotted, boolean hasPath, boolean mayBeNumber) {
        String[] labels = dotted.split(DOT);
        if (mayBeNumber && NUMBERS.matcher(dotted).matches()) {
            return Optional.of(dotted);
        }
        if (hasPath && labels[labels.length - 1].matches("\\p{L}{2,}|xn--.+")) {
            return Optional.of(dotted);
        }
        for (int last = labels.length - 1; last > 0; last--) {
            Matcher latin = LATIN_BEFORE_OTHERS.matcher(labels[last]);
            for (String ending : latin.find() ? List.of(labels[last], latin.group()) : List.of(labels[last])) {
                if (isTopLevelDomain(ending)) {
                    return Optional.of(String.join(".", List.of(labels).subList(0, last)) + "." + ending);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isTopLevelDomain(String ending) {
        String word = ending.toLowerCase(Locale.ROOT);
        return word.matches("[a-z]{2}|xn--[a-z0-9-]+") || TOP_LEVEL_DOMAINS.contains(word);
    }

    private static Set<String> topLevelDomains() {
        try (InputStream in = Objects.requireNonNull(OutputRules.class.getResourceAsStream("top-level-domains.txt"))) {
            return Set.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
