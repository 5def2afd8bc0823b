package lull.cli.erasure;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Ids that an operator gives for an erasure. Pure.
///
/// @param ofCustomer phone numbers, in digits, and user ids
/// @param ofOthers the same of somebody else, although something relates them to the customer
public record GivenIds(Set<String> ofCustomer, Set<String> ofOthers) {

    private static final Pattern PHONE = Pattern.compile("[0-9]{5,20}");
    private static final Pattern USER = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{4,254}");
    private static final String OTHER = "!";

    public GivenIds {
        ofCustomer = Set.copyOf(ofCustomer);
        ofOthers = Set.copyOf(ofOthers);
    }

    /// Returns the ids in a text, separated by commas or blanks; one after `!` is of somebody else. Throws if one is
    /// none, without showing it.
    public static GivenIds parse(String text) {
        Set<String> ofCustomer = new LinkedHashSet<>();
        Set<String> ofOthers = new LinkedHashSet<>();
        Arrays.stream(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).forEach(word -> {
            boolean isOther = word.startsWith(OTHER);
            String id = digits(isOther ? word.substring(1) : word);
            if (!isUserId(id)) {
                throw new IllegalArgumentException(
                        "must be phone numbers in digits with the country code and user ids, separated by commas, each of"
                                + " somebody else after !");
            }
            (isOther ? ofOthers : ofCustomer).add(id);
        });
        return new GivenIds(ofCustomer, ofOthers);
    }

    /// Returns a phone number as WhatsApp writes it, without the sign before its country code.
    public static String digits(String id) {
        return id.startsWith("+") ? id.substring(1) : id;
    }

    /// Whether this is a phone number as WhatsApp writes it.
    public static boolean isPhone(String id) {
        return PHONE.matcher(id).matches();
    }

    /// Whether this can be an id of WhatsApp; phone numbers are among them.
    public static boolean isUserId(String id) {
        return USER.matcher(id).matches();
    }

    /// Never has an id.
    @Override
    public String toString() {
        return "GivenIds[" + ofCustomer.size() + " of the customer, " + ofOthers.size() + " of others]";
    }
}
