package lull.whatsapp.action.template;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;
import static lull.whatsapp.action.ParameterType.whole;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Copies templates of another account of the same business: approved ones whose quality is green or
/// unknown.
final class MigrateTemplates implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "migrate_templates",
                    ActionCategory.TEMPLATES,
                    "Copies templates of another account of the same business: approved ones whose quality is green or unknown.")
            .graph("POST /{account}/migrate_message_templates")
            .with(
                    account(),
                    token(),
                    required("source_waba_id", id(), "Account with the templates"),
                    optional("page_number", whole(0, 100_000), "Page, from 0"),
                    optional("count", whole(1, 500), "Templates of a page"))
            .example("""
                    {"account":"200000000000001","source_waba_id":"200000000000002","count":100}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
