package lull.contract;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Forms in which WhatsApp and applications write the same mobile number. In three countries `wa_id`,
/// `from` and what people dial may differ by a digit that was added to the numbers: 55 DD (9) XXXXXXXX
/// in Brazil, 52 (1) in Mexico and 54 (9) in Argentina. Pure.
public final class PhoneForms {

    private static final Form BRAZIL = new Form(Pattern.compile("55([1-9]\\d)9(\\d{8})"), "55$1$2");

    /// Mobile numbers of eight digits began with 6 to 9. Others are land lines, and people of their own.
    private static final Form BRAZIL_MOBILE = new Form(Pattern.compile("55([1-9]\\d)9([6-9]\\d{7})"), "55$1$2");

    private static final Form MEXICO = new Form(Pattern.compile("521(\\d{10})"), "52$1");
    private static final Form ARGENTINA = new Form(Pattern.compile("549(\\d{10})"), "54$1");

    private static final List<Form> POSSIBLE = List.of(BRAZIL, MEXICO, ARGENTINA);
    private static final List<Form> CERTAIN = List.of(BRAZIL_MOBILE, MEXICO, ARGENTINA);

    private record Form(Pattern longer, String shorter) {}

    private PhoneForms() {}

    /// Returns a form that is equal for numbers that may be the same; numbers of other countries and
    /// other texts are returned unchanged.
    public static String possible(String phone) {
        return common(phone, POSSIBLE);
    }

    /// Returns a form that is equal for numbers only if they are the same; numbers of other countries
    /// and other texts are returned unchanged.
    public static String certain(String phone) {
        return common(phone, CERTAIN);
    }

    /// Whether two phone numbers are certainly the same; absent ones are equal to each other only.
    public static boolean areSame(@Nullable String one, @Nullable String other) {
        return (one == null || other == null)
                ? Objects.equals(one, other)
                : certain(one).equals(certain(other));
    }

    private static String common(String phone, List<Form> forms) {
        String digits = phone.startsWith("+") ? phone.substring(1) : phone;
        for (Form form : forms) {
            Matcher matcher = form.longer().matcher(digits);
            if (matcher.matches()) {
                return matcher.replaceFirst(form.shorter());
            }
        }
        return digits;
    }
}
