package lull.cli.campaign;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.contract.reply.request.TemplateParameter;

/// Column of a campaign's file, by its title: what its cells are in a request. Pure.
///
/// @param title as in the file
/// @param name of an attribute; empty for all others
/// @param parameter which parameter of the template its cells are; empty if they are none
record CampaignColumn(Kind kind, String title, String name, Optional<TemplateParameter> parameter) {

    /// The titles that there are, for people.
    static final String TITLES = "customer, " + TemplateParameter.TITLES + ", attribute.NAME, note and by";

    private static final Pattern ATTRIBUTE = Pattern.compile("attribute\\.(.+)");

    /// What a cell is.
    enum Kind {
        CUSTOMER,
        PARAMETER,
        ATTRIBUTE,
        NOTE,
        BY;

        /// Whether a template lacks something if the cell is empty.
        boolean isNeeded() {
            return switch (this) {
                case CUSTOMER, PARAMETER -> true;
                case ATTRIBUTE, NOTE, BY -> false;
            };
        }
    }

    /// Returns the column of a title; empty if it is none.
    static Optional<CampaignColumn> of(String title) {
        return switch (title) {
            case "customer" -> Optional.of(new CampaignColumn(Kind.CUSTOMER, title, "", Optional.empty()));
            case "note" -> Optional.of(new CampaignColumn(Kind.NOTE, title, "", Optional.empty()));
            case "by" -> Optional.of(new CampaignColumn(Kind.BY, title, "", Optional.empty()));
            default ->
                TemplateParameter.of(title)
                        .map(parameter -> new CampaignColumn(Kind.PARAMETER, title, "", Optional.of(parameter)))
                        .or(() -> attribute(title));
        };
    }

    private static Optional<CampaignColumn> attribute(String title) {
        Matcher matcher = ATTRIBUTE.matcher(title);
        return matcher.matches()
                ? Optional.of(new CampaignColumn(Kind.ATTRIBUTE, title, matcher.group(1), Optional.empty()))
                : Optional.empty();
    }
}
