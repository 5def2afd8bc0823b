package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Reads the public key with which WhatsApp encrypts the data of flows, and whether it is valid.
final class GetEncryptionKey implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_encryption_key",
                    ActionCategory.NUMBERS,
                    "Reads the public key with which WhatsApp encrypts the data of flows, and whether it is valid.")
            .graph("GET /{number}/whatsapp_business_encryption")
            .needs(Permission.MESSAGING)
            .with(number())
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
