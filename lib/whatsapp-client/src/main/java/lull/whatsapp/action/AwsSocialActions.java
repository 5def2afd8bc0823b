package lull.whatsapp.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lull.contract.json.Json;
import lull.whatsapp.AwsSocialClients;
import lull.whatsapp.SocialNumber;
import lull.whatsapp.action.ActionResult.Kind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.socialmessaging.SocialMessagingClient;
import software.amazon.awssdk.services.socialmessaging.model.S3File;
import software.amazon.awssdk.services.socialmessaging.model.Tag;

/// Performs actions by AWS End User Messaging Social. AWS never returns WhatsApp's own error code. Safe for several
/// threads.
public final class AwsSocialActions {

    private static final String CHECK_STATE = "It may have been done. Read the present state before you repeat it";

    private static final Map<String, Integer> LARGEST =
            Map.of("templateDefinition", 6_000, "templateComponents", 3_000);

    private final AwsSocialClients clients;

    public AwsSocialActions(AwsSocialClients clients) {
        this.clients = clients;
    }

    /// Whether AWS serves a business number.
    boolean serves(String businessNumber) {
        return clients.numbers().containsKey(businessNumber);
    }

    /// Performs the operation that the description names.
    ///
    /// @param request with AWS's names of members
    ActionResult perform(ActionCall call, ObjectNode request) {
        // Without a number the operation is called where any number is.
        Optional<String> number = Optional.of(call.text("number"))
                .filter(this::serves)
                .or(() -> clients.numbers().keySet().stream().sorted().findFirst());
        if (number.isEmpty()) {
            return new ActionResult.Failed(
                    Kind.MISCONFIGURED, "No number is served by AWS", "Set whatsapp.eum.numbers");
        }
        Optional<String> problem = clients.problem(number.get());
        if (problem.isPresent()) {
            return new ActionResult.Failed(Kind.MISCONFIGURED, problem.get(), "Check the AWS credentials");
        }
        for (String name : LARGEST.keySet()) {
            if (request.has(name) && Json.bytes(request.path(name)).length > LARGEST.get(name)) {
                return new ActionResult.Failed(
                        Kind.REFUSED,
                        "AWS accepts " + name + " of up to " + LARGEST.get(name) + " bytes",
                        "Shorten it, or create the template by the Graph API");
            }
        }
        SocialNumber social = clients.number(number.get());
        try {
            return new ActionResult.Done(
                    perform(call.action().social(), social, call.text("account"), request, clients.of(social)));
        } catch (AwsServiceException e) {
            return failed(e);
        } catch (SdkException e) {
            return new ActionResult.Failed(
                    Kind.UNCLEAR, "AWS does not answer: " + e.getClass().getSimpleName(), CHECK_STATE);
        }
    }

    private static ObjectNode perform(
            String operation, SocialNumber number, String account, ObjectNode request, SocialMessagingClient client) {
        return switch (operation) {
            case "SendWhatsAppMessage" ->
                json(client.sendWhatsAppMessage(send -> send.originationPhoneNumberId(number.id())
                        .metaApiVersion(number.version())
                        .message(SdkBytes.fromByteArray(Json.bytes(request)))));
            case "GetWhatsAppMessageMedia" ->
                json(client.getWhatsAppMessageMedia(get -> get.originationPhoneNumberId(number.id())
                        .mediaId(text(request, "mediaId"))
                        .metadataOnly(true)));
            case "DeleteWhatsAppMessageMedia" ->
                json(client.deleteWhatsAppMessageMedia(
                        delete -> delete.originationPhoneNumberId(number.id()).mediaId(text(request, "mediaId"))));
            case "ListWhatsAppMessageTemplates" ->
                json(client.listWhatsAppMessageTemplates(list -> list.id(account)
                        .maxResults(whole(request, "maxResults"))
                        .nextToken(textOrNull(request, "nextToken"))));
            case "GetWhatsAppMessageTemplate" ->
                json(client.getWhatsAppMessageTemplate(
                        get -> get.id(account).metaTemplateId(textOrNull(request, "metaTemplateId"))));
            case "CreateWhatsAppMessageTemplate" ->
                json(client.createWhatsAppMessageTemplate(create -> create.id(account)
                        .templateDefinition(SdkBytes.fromByteArray(Json.bytes(request.path("templateDefinition"))))));
            case "UpdateWhatsAppMessageTemplate" ->
                json(client.updateWhatsAppMessageTemplate(update -> update.id(account)
                        .metaTemplateId(text(request, "metaTemplateId"))
                        .templateCategory(textOrNull(request, "templateCategory"))
                        .templateComponents(SdkBytes.fromByteArray(Json.bytes(request.path("templateComponents"))))));
            case "DeleteWhatsAppMessageTemplate" ->
                json(client.deleteWhatsAppMessageTemplate(delete -> delete.id(account)
                        .templateName(text(request, "templateName"))
                        .metaTemplateId(textOrNull(request, "metaTemplateId"))
                        .deleteAllLanguages(request.path("deleteAllLanguages").asBoolean(false))));
            case "ListWhatsAppTemplateLibrary" ->
                json(client.listWhatsAppTemplateLibrary(list -> list.id(account)
                        .filters(texts(request.path("filters")))
                        .nextToken(textOrNull(request, "nextToken"))
                        .maxResults(whole(request, "maxResults"))));
            case "CreateWhatsAppMessageTemplateMedia" ->
                json(client.createWhatsAppMessageTemplateMedia(
                        create -> create.id(account).sourceS3File(file(request))));
            case "ListLinkedWhatsAppBusinessAccounts" ->
                json(client.listLinkedWhatsAppBusinessAccounts(list ->
                        list.maxResults(whole(request, "maxResults")).nextToken(textOrNull(request, "nextToken"))));
            case "GetLinkedWhatsAppBusinessAccount" ->
                json(client.getLinkedWhatsAppBusinessAccount(get -> get.id(account)));
            case "GetLinkedWhatsAppBusinessAccountPhoneNumber" ->
                json(client.getLinkedWhatsAppBusinessAccountPhoneNumber(get -> get.id(number.id())));
            case "PutWhatsAppBusinessAccountEventDestinations" ->
                json(client.putWhatsAppBusinessAccountEventDestinations(put -> {
                    put.id(account);
                    List<software.amazon.awssdk.services.socialmessaging.model.WhatsAppBusinessAccountEventDestination>
                            destinations = new ArrayList<>();
                    if (request.hasNonNull("eventDestinationArn")) {
                        destinations.add(
                                software.amazon.awssdk.services.socialmessaging.model
                                        .WhatsAppBusinessAccountEventDestination.builder()
                                        .eventDestinationArn(text(request, "eventDestinationArn"))
                                        .roleArn(textOrNull(request, "roleArn"))
                                        .build());
                    }
                    put.eventDestinations(destinations);
                }));
            case "DisassociateWhatsAppBusinessAccount" ->
                json(client.disassociateWhatsAppBusinessAccount(end -> end.id(account)));
            case "ListTagsForResource" ->
                json(client.listTagsForResource(list -> list.resourceArn(text(request, "resourceArn"))));
            case "TagResource" ->
                json(client.tagResource(tag -> tag.resourceArn(text(request, "resourceArn"))
                        .tags(texts(request.path("tags")).entrySet().stream()
                                .map(each -> Tag.builder()
                                        .key(each.getKey())
                                        .value(each.getValue())
                                        .build())
                                .toList())));
            case "UntagResource" ->
                json(client.untagResource(untag ->
                        untag.resourceArn(text(request, "resourceArn")).tagKeys(list(request.path("tagKeys")))));
            default -> throw new IllegalStateException("No call of " + operation);
        };
    }

    private static ActionResult failed(AwsServiceException e) {
        int status = e.statusCode();
        String reason = "AWS answered " + status + ", "
                + Optional.ofNullable(e.awsErrorDetails())
                        .map(details -> details.errorCode() + ": " + details.errorMessage())
                        .orElse("without a reason");
        return switch (status) {
            case 401, 403 ->
                new ActionResult.Failed(
                        Kind.MISCONFIGURED, reason, "Check the rights of the role, and whether Meta still permits AWS");
            case 404 -> new ActionResult.Failed(Kind.REFUSED, reason, "Check the id");
            case 409, 429 -> new ActionResult.Failed(Kind.LATER, reason, "Nothing was done. Repeat it later");
            default ->
                status >= 500 || status == 408
                        ? new ActionResult.Failed(Kind.UNCLEAR, reason, CHECK_STATE)
                        : new ActionResult.Failed(
                                Kind.REFUSED, reason, "AWS does not report WhatsApp's code: check the parameters");
        };
    }

    private static S3File file(ObjectNode request) {
        JsonNode file = request.path("sourceS3File");
        return S3File.builder()
                .bucketName(file.path("bucketName").asText())
                .key(file.path("key").asText())
                .build();
    }

    private static String text(JsonNode request, String name) {
        return request.path(name).asText("");
    }

    private static @Nullable String textOrNull(JsonNode request, String name) {
        return request.hasNonNull(name) ? request.path(name).asText() : null;
    }

    private static @Nullable Integer whole(JsonNode request, String name) {
        return request.hasNonNull(name) ? request.path(name).asInt() : null;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }

    private static List<String> list(JsonNode array) {
        List<String> list = new ArrayList<>();
        array.forEach(each -> list.add(each.asText()));
        return list;
    }

    /// Returns the fields of an answer of the SDK that have a value, by AWS's names.
    private static ObjectNode json(SdkPojo answer) {
        ObjectNode json = Json.object();
        answer.sdkFields().forEach(field -> {
            Object value = field.getValueOrDefault(answer);
            if (value != null) {
                json.set(field.locationName(), node(value));
            }
        });
        return json;
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case SdkPojo pojo -> json(pojo);
            case Collection<?> all -> {
                ArrayNode list = Json.object().arrayNode();
                all.forEach(each -> list.add(node(each)));
                yield list;
            }
            case Map<?, ?> all -> {
                ObjectNode object = Json.object();
                all.forEach((name, each) -> object.set(String.valueOf(name), node(each)));
                yield object;
            }
            case SdkBytes bytes -> TextNode.valueOf(bytes.asUtf8String());
            case Boolean flag -> BooleanNode.valueOf(flag);
            case Integer number -> IntNode.valueOf(number);
            case Long number -> LongNode.valueOf(number);
            default -> TextNode.valueOf(String.valueOf(value));
        };
    }
}
