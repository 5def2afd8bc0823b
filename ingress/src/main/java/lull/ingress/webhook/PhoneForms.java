package lull.ingress.webhook;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Forms in which WhatsApp writes the same mobile number. In three countries `wa_id` and `from` may
/// differ by a digit that was added to the numbers: 55 DD (9) XXXXXXXX in Brazil, 52 (1) in Mexico and
/// 54 (9) in Argentina.
final class PhoneForms {

    private static final List<Form> FORMS = List.of(
            new Form(Pattern.compile("55([1-9]\\d)9(\\d{8})"), "55$1$2"),
            new Form(Pattern.compile("521(\\d{10})"), "52$1"),
            new Form(Pattern.compile("549(\\d{10})"), "54$1"));

    private record Form(Pattern longer, String shorter) {}

    private PhoneForms() {}

    /// Returns the form that all forms of a number share; numbers of other countries and other texts
    /// are returned unchanged.
    static String common(String phone) {
        String digits = phone.startsWith("+") ? phone.substring(1) : phone;
        for (Form form : FORMS) {
            Matcher matcher = form.longer().matcher(digits);
            if (matcher.matches()) {
                return matcher.replaceFirst(form.shorter());
            }
        }
        return digits;
    }
}
