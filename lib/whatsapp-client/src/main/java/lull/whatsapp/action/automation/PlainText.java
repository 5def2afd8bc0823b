package lull.whatsapp.action.automation;

/// Form of the texts of ice breakers and commands.
final class PlainText {

    static final String NO_EMOJI = "[^\\x{1F000}-\\x{1FAFF}\\x{2600}-\\x{27BF}\\x{FE0F}]*";

    private PlainText() {}
}
