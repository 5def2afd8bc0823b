package lull.whatsapp.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import lull.whatsapp.action.ActionResult.Kind;

/// Performs actions whose parameters were checked: chooses the provider by the number or the account. Safe for
/// several threads.
public final class ActionRunner {

    private final ActionClients clients;

    public ActionRunner(ActionClients clients) {
        this.clients = clients;
    }

    /// Performs an action.
    ///
    /// @param given in which [ActionValidation] has found no problem
    public ActionResult perform(Action action, ObjectNode given) throws InterruptedException {
        ActionDescriptor descriptor = action.descriptor();
        ActionCall call = new ActionCall(descriptor, given, clients);
        Optional<AwsSocialActions> social = clients.social().filter(aws -> isFor(aws, descriptor, call));
        if (social.isPresent() && !descriptor.social().isEmpty()) {
            return social.get().perform(call, action.socialRequest(call));
        }
        if (social.isPresent()) {
            return new ActionResult.Failed(
                    Kind.NOT_AVAILABLE,
                    "AWS End User Messaging Social has no operation for " + descriptor.name(),
                    "Only the Graph API has it, and it does not serve this number or account");
        }
        return descriptor.graph().isEmpty()
                ? new ActionResult.Failed(
                        Kind.NOT_AVAILABLE,
                        "The Graph API has no operation for " + descriptor.name(),
                        "Only AWS End User Messaging Social has it: set whatsapp.eum.numbers")
                : action.perform(call);
    }

    /// AWS serves the number, or the account has an id of AWS, or only AWS has the operation.
    private static boolean isFor(AwsSocialActions aws, ActionDescriptor action, ActionCall call) {
        return aws.serves(call.text("number"))
                || call.text("account").startsWith("waba-")
                || call.text("account").startsWith("arn:")
                || action.graph().isEmpty();
    }
}
