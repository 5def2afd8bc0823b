package lull.whatsapp.action;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// An action that a business can perform on WhatsApp. A class describes its parameters, and performs the call
/// with parameters that are valid. It has no state, so that one object serves all threads.
public interface Action {

    /// What it is, with its parameters.
    ActionDescriptor descriptor();

    /// Performs it by the Graph API. By default it calls what [ActionDescriptor#graph()] names, with all parameters
    /// that are not in the path.
    default ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().rest().send();
    }

    /// Returns the request of the operation of AWS End User Messaging Social that [ActionDescriptor#social()]
    /// names, with AWS's names of members. It contains neither the number nor the account.
    default ObjectNode socialRequest(ActionCall call) {
        return call.object();
    }
}
