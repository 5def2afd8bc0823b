package lull.whatsapp.action.group;

import static lull.whatsapp.action.ActionRule.atLeastOne;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import lull.runtime.http.MultipartForm;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionFile;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.ParameterType;
import lull.whatsapp.action.Permission;

/// Changes name, description or picture of a group. A part may fail; the webhook says which.
final class UpdateGroup implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "update_group",
                    ActionCategory.GROUPS,
                    "Changes name, description or picture of a group. A part may fail; the webhook says which.")
            .needs(Permission.MESSAGING)
            .graph("POST /{group}")
            .repeatable()
            .webhook("group_settings_update")
            .with(
                    GroupParameters.GROUP,
                    token(),
                    optional("subject", text(128), "Name"),
                    optional("description", text(2_048), "Description"),
                    optional(
                            "profile_picture_file",
                            new ParameterType.File(Map.of("image/jpeg", 5_242_880, "image/png", 5_242_880)),
                            "Picture, square and larger than 192 pixels"))
            .rule(atLeastOne("subject", "description", "profile_picture_file"))
            .example("""
                    {"group":"Y2FwaV9ncm91cDox","subject":"Order 7, delivered"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        MultipartForm form = new MultipartForm().text("messaging_product", "whatsapp");
        for (String name : List.of("subject", "description")) {
            if (call.has(name)) {
                form.text(name, call.text(name));
            }
        }
        if (call.has("profile_picture_file")) {
            ActionFile file = call.file("profile_picture_file");
            form.file("profile_picture_file", BodyPublishers.ofByteArray(file.content()), file.type(), file.name());
        }
        return call.graph().form(form).send();
    }
}
