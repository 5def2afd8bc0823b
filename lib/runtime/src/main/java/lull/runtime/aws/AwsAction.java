package lull.runtime.aws;

/// Catalogue of the AWS actions that processes of Lull call. A test compares it with the calls of the
/// SDK, and `bin/lull iam` generates policies from it. Calls of the Amazon Connect Participant Service
/// are not in it: they are allowed by the token of a chat, not by a role.
public enum AwsAction {
    RECEIVE_MESSAGE("sqs:ReceiveMessage"),
    DELETE_MESSAGE("sqs:DeleteMessage"),
    GET_QUEUE_ATTRIBUTES("sqs:GetQueueAttributes"),
    SEND_MESSAGE("sqs:SendMessage"),
    LIST_SUBSCRIPTIONS("sns:ListSubscriptionsByTopic"),
    GET_SUBSCRIPTION("sns:GetSubscriptionAttributes"),
    INVOKE_FUNCTION("lambda:InvokeFunction"),
    GET_FUNCTION_CONFIGURATION("lambda:GetFunctionConfiguration"),
    START_CHAT_CONTACT("connect:StartChatContact"),
    START_CONTACT_STREAMING("connect:StartContactStreaming"),
    DESCRIBE_CONTACT("connect:DescribeContact"),
    UPDATE_CONTACT_ATTRIBUTES("connect:UpdateContactAttributes"),
    UPDATE_PARTICIPANT_ROLE_CONFIG("connect:UpdateParticipantRoleConfig"),
    DESCRIBE_INSTANCE("connect:DescribeInstance"),
    DESCRIBE_CONTACT_FLOW("connect:DescribeContactFlow"),
    PUT_OBJECT("s3:PutObject"),
    GET_OBJECT("s3:GetObject"),
    DELETE_OBJECT("s3:DeleteObject"),
    LIST_BUCKET("s3:ListBucket"),
    SEND_WHATSAPP_MESSAGE("social-messaging:SendWhatsAppMessage"),
    GET_WHATSAPP_MEDIA("social-messaging:GetWhatsAppMessageMedia"),
    POST_WHATSAPP_MEDIA("social-messaging:PostWhatsAppMessageMedia"),
    DELETE_WHATSAPP_MEDIA("social-messaging:DeleteWhatsAppMessageMedia"),
    LIST_WHATSAPP_TEMPLATES("social-messaging:ListWhatsAppMessageTemplates"),
    GET_WHATSAPP_TEMPLATE("social-messaging:GetWhatsAppMessageTemplate"),
    CREATE_WHATSAPP_TEMPLATE("social-messaging:CreateWhatsAppMessageTemplate"),
    UPDATE_WHATSAPP_TEMPLATE("social-messaging:UpdateWhatsAppMessageTemplate"),
    DELETE_WHATSAPP_TEMPLATE("social-messaging:DeleteWhatsAppMessageTemplate"),
    LIST_WHATSAPP_TEMPLATE_LIBRARY("social-messaging:ListWhatsAppTemplateLibrary"),
    CREATE_WHATSAPP_TEMPLATE_MEDIA("social-messaging:CreateWhatsAppMessageTemplateMedia"),
    LIST_WHATSAPP_ACCOUNTS("social-messaging:ListLinkedWhatsAppBusinessAccounts"),
    GET_WHATSAPP_ACCOUNT("social-messaging:GetLinkedWhatsAppBusinessAccount"),
    GET_WHATSAPP_NUMBER("social-messaging:GetLinkedWhatsAppBusinessAccountPhoneNumber"),
    PUT_WHATSAPP_DESTINATIONS("social-messaging:PutWhatsAppBusinessAccountEventDestinations"),
    DISASSOCIATE_WHATSAPP_ACCOUNT("social-messaging:DisassociateWhatsAppBusinessAccount"),
    LIST_TAGS("social-messaging:ListTagsForResource"),
    TAG("social-messaging:TagResource"),
    UNTAG("social-messaging:UntagResource"),
    START_STREAM_TRANSCRIPTION("transcribe:StartStreamTranscription"),
    ASSUME_ROLE("sts:AssumeRole");

    private final String word;

    AwsAction(String word) {
        this.word = word;
    }

    /// Returns the action's name in IAM policies.
    public String word() {
        return word;
    }
}
