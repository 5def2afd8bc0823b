package lull.standins.connect;

/// An operation of the two APIs: its name, its route, and which API it belongs to.
enum Operation {
    START_CHAT_CONTACT(Api.CONNECT, "StartChatContact", "PUT", "/contact/chat"),
    START_CONTACT_STREAMING(Api.CONNECT, "StartContactStreaming", "POST", "/contact/start-streaming"),
    STOP_CONTACT_STREAMING(Api.CONNECT, "StopContactStreaming", "POST", "/contact/stop-streaming"),
    STOP_CONTACT(Api.CONNECT, "StopContact", "POST", "/contact/stop"),
    DESCRIBE_CONTACT(Api.CONNECT, "DescribeContact", "GET", "/contacts/{InstanceId}/{ContactId}"),
    DESCRIBE_INSTANCE(Api.CONNECT, "DescribeInstance", "GET", "/instance/{InstanceId}"),
    DESCRIBE_CONTACT_FLOW(Api.CONNECT, "DescribeContactFlow", "GET", "/contact-flows/{InstanceId}/{ContactFlowId}"),
    UPDATE_CONTACT_ATTRIBUTES(Api.CONNECT, "UpdateContactAttributes", "POST", "/contact/attributes"),
    GET_CONTACT_ATTRIBUTES(
            Api.CONNECT, "GetContactAttributes", "GET", "/contact/attributes/{InstanceId}/{InitialContactId}"),
    UPDATE_PARTICIPANT_ROLE_CONFIG(
            Api.CONNECT,
            "UpdateParticipantRoleConfig",
            "PUT",
            "/contact/participant-role-config/{InstanceId}/{ContactId}"),
    SEND_CHAT_INTEGRATION_EVENT(Api.CONNECT, "SendChatIntegrationEvent", "POST", "/chat-integration-event"),
    CREATE_PARTICIPANT_CONNECTION(Api.PARTICIPANT, "CreateParticipantConnection", "POST", "/participant/connection"),
    SEND_MESSAGE(Api.PARTICIPANT, "SendMessage", "POST", "/participant/message"),
    SEND_EVENT(Api.PARTICIPANT, "SendEvent", "POST", "/participant/event"),
    GET_TRANSCRIPT(Api.PARTICIPANT, "GetTranscript", "POST", "/participant/transcript"),
    DISCONNECT_PARTICIPANT(Api.PARTICIPANT, "DisconnectParticipant", "POST", "/participant/disconnect"),
    START_ATTACHMENT_UPLOAD(Api.PARTICIPANT, "StartAttachmentUpload", "POST", "/participant/start-attachment-upload"),
    COMPLETE_ATTACHMENT_UPLOAD(
            Api.PARTICIPANT, "CompleteAttachmentUpload", "POST", "/participant/complete-attachment-upload"),
    GET_ATTACHMENT(Api.PARTICIPANT, "GetAttachment", "POST", "/participant/attachment");

    enum Api {
        CONNECT,
        PARTICIPANT
    }

    private final Api api;
    private final String title;
    private final String method;
    private final String path;

    Operation(Api api, String title, String method, String path) {
        this.api = api;
        this.title = title;
        this.method = method;
        this.path = path;
    }

    Api api() {
        return api;
    }

    /// Amazon's name of the operation.
    String title() {
        return title;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }
}
