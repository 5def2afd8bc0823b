package lull.contract.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import lull.contract.Business;
import lull.contract.Customer;
import lull.contract.trace.TraceParent;
import org.jspecify.annotations.Nullable;

/// Serializer that writes a message as Jackson would write the record, in a third of the time, because
/// this is most of an ingress's work. It must name each component of [Message] and of the records in
/// it.
final class MessageSerializer extends StdSerializer<Message> {

    private static final long serialVersionUID = 1L;

    MessageSerializer() {
        super(Message.class);
    }

    @Override
    public void serialize(Message message, JsonGenerator out, SerializerProvider provider) throws IOException {
        out.writeStartObject(message);
        members(message, out, provider);
        out.writeEndObject();
    }

    @Override
    public void serializeWithType(Message message, JsonGenerator out, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        out.writeStartObject(message);
        text(type.getPropertyName(), type.getTypeIdResolver().idFromValue(message), out);
        members(message, out, provider);
        out.writeEndObject();
    }

    private static void members(Message message, JsonGenerator out, SerializerProvider provider) throws IOException {
        text("id", message.id(), out);
        text("conversation", message.conversation().toString(), out);
        text("receivedAt", message.receivedAt().toString(), out);
        out.writeObjectFieldStart("source");
        text("door", message.source().door(), out);
        text("app", message.source().app(), out);
        TraceParent trace = message.source().trace();
        text("trace", trace == null ? null : trace.value(), out);
        out.writeEndObject();
        business(message.business(), out);
        customer(message.customer(), out);
        tree("contact", message.contact(), out, provider);
        tree("raw", message.raw(), out, provider);
    }

    private static void business(Business business, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("business");
        text("phoneNumberId", business.phoneNumberId(), out);
        text("displayPhoneNumber", business.displayPhoneNumber(), out);
        text("accountId", business.accountId(), out);
        text("arn", business.arn(), out);
        out.writeEndObject();
    }

    private static void customer(Customer customer, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("customer");
        text("userId", customer.userId(), out);
        text("phone", customer.phone(), out);
        text("name", customer.name(), out);
        text("parentUserId", customer.parentUserId(), out);
        text("username", customer.username(), out);
        out.writeEndObject();
    }

    private static void text(String name, @Nullable String value, JsonGenerator out) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    private static void tree(String name, @Nullable JsonNode value, JsonGenerator out, SerializerProvider provider)
            throws IOException {
        if (value != null) {
            out.writeFieldName(name);
            value.serialize(out, provider);
        }
    }
}
