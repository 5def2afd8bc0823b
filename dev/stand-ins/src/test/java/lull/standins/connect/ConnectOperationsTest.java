package lull.standins.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.connect.model.AccessDeniedException;
import software.amazon.awssdk.services.connect.model.Contact;
import software.amazon.awssdk.services.connect.model.ContactNotFoundException;
import software.amazon.awssdk.services.connect.model.InvalidParameterException;
import software.amazon.awssdk.services.connect.model.InvalidRequestException;
import software.amazon.awssdk.services.connect.model.LimitExceededException;
import software.amazon.awssdk.services.connect.model.ParticipantTimerAction;
import software.amazon.awssdk.services.connect.model.ParticipantTimerConfiguration;
import software.amazon.awssdk.services.connect.model.ParticipantTimerType;
import software.amazon.awssdk.services.connect.model.ParticipantTimerValue;
import software.amazon.awssdk.services.connect.model.RehydrationType;
import software.amazon.awssdk.services.connect.model.ResourceNotFoundException;
import software.amazon.awssdk.services.connect.model.StartChatContactResponse;
import software.amazon.awssdk.services.connect.model.TimerEligibleParticipantRoles;
import software.amazon.awssdk.services.connect.model.UpdateParticipantRoleConfigChannelInfo;

final class ConnectOperationsTest {
    private final Desk desk = new Desk(options -> options.withTopics(Desk.TOPIC, Desk.TOPIC + "-2"));

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void startingAChatGivesIdsAndALongOpaqueToken() {
        StartChatContactResponse started = desk.start(request -> request.attributes(Map.of("Channel", "WhatsApp")));
        assertThat(started.contactId()).hasSize(36);
        assertThat(started.participantId()).hasSize(36);
        assertThat(started.participantToken()).hasSizeBetween(100, 1000);
        assertThat(started.responseMetadata().requestId()).hasSize(36);
    }

    @Test
    void aRepeatedClientTokenGivesTheFirstChatForSevenDays() {
        StartChatContactResponse first = desk.start(request -> request.clientToken("turn-1"));
        desk.pass(Duration.ofDays(7).minusMillis(1));
        StartChatContactResponse again = desk.start(request -> request.clientToken("turn-1"));
        assertThat(again.equalsBySdkFields(first)).isTrue();
        assertThat(desk.control.get("/_agent/chats")).hasSize(1);

        desk.pass(Duration.ofMillis(1));
        assertThat(desk.start(request -> request.clientToken("turn-1")).contactId())
                .isNotEqualTo(first.contactId());
    }

    @Test
    void startingAChatIsRefusedWithTheReasonForWhatIsWrong() {
        assertThatThrownBy(() -> desk.start(request -> request.instanceId(null)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("InstanceId is required");
        assertThatThrownBy(() -> desk.start(request -> request.instanceId("other")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> desk.start(request -> request.contactFlowId("other")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> desk.start(request -> request.participantDetails(who -> who.displayName(""))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("ParticipantDetails.DisplayName");
        assertThatThrownBy(() -> desk.start(request -> request.chatDurationInMinutes(59)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> desk.start(request -> request.attributes(Map.of("wa id", "x"))))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> desk.start(request -> request.attributes(Map.of("big", "x".repeat(32_768)))))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> desk.start(request -> request.supportedMessagingContentTypes("text/markdown")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> desk.start(request -> request.initialMessage(
                        first -> first.contentType("text/plain").content("x".repeat(1_025)))))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(desk.control.get("/_agent/chats")).isEmpty();
    }

    @Test
    void aPersistentChatNeedsASourceThatHasEnded() {
        Desk.Connected source = desk.connected();
        assertThatThrownBy(() -> continued(source.contactId())).isInstanceOf(InvalidRequestException.class);
        desk.act(source.contactId(), "end", "");
        assertThat(continued(source.contactId()).continuedFromContactId()).isEqualTo(source.contactId());
    }

    @Test
    void aPersistentChatShowsWhatWasSaidInTheOnesBefore() {
        Desk.Connected source = desk.connected();
        desk.says(source, "Hello");
        desk.act(source.contactId(), "messages", "{\"text\":\"Secret\",\"visibility\":\"AGENT\"}");
        desk.act(source.contactId(), "transfer", "");
        String segment = desk.chat(source.contactId()).get("contactId").asText();
        desk.act(source.contactId(), "messages", "{\"text\":\"Bye\"}");
        desk.act(source.contactId(), "end", "");

        StartChatContactResponse entire = continued(RehydrationType.ENTIRE_PAST_SESSION, source.contactId());
        assertThat(entire.continuedFromContactId()).isEqualTo(segment);
        assertThat(past(entire)).containsExactly("Hello", "Bye");
        assertThat(past(continued(RehydrationType.FROM_SEGMENT, segment))).containsExactly("Bye");
        assertThatThrownBy(() -> continued(RehydrationType.ENTIRE_PAST_SESSION, segment))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> continued(RehydrationType.FROM_SEGMENT, "unknown"))
                .isInstanceOf(ResourceNotFoundException.class);

        desk.act(entire.contactId(), "end", "");
        assertThat(past(continued(RehydrationType.ENTIRE_PAST_SESSION, entire.contactId())))
                .as("of a chain of chats")
                .containsExactly("Hello", "Bye");
    }

    private List<String> past(StartChatContactResponse started) {
        desk.stream(started.contactId());
        String token = desk.connectionToken(started.participantToken());
        return desk
                .participant
                .getTranscript(request ->
                        request.connectionToken(token).maxResults(100).sortOrder("ASCENDING"))
                .transcript()
                .stream()
                .filter(item -> item.relatedContactId() != null
                        && item.content() != null
                        && !"SYSTEM".equals(item.participantRoleAsString()))
                .map(item -> item.content())
                .toList();
    }

    private StartChatContactResponse continued(String sourceId) {
        return continued(RehydrationType.ENTIRE_PAST_SESSION, sourceId);
    }

    private StartChatContactResponse continued(RehydrationType type, String sourceId) {
        return desk.start(request ->
                request.persistentChat(past -> past.rehydrationType(type).sourceContactId(sourceId)));
    }

    @Test
    void aContactStreamsToTwoTopicsAtMost() {
        String contactId = desk.start().contactId();
        String first = desk.stream(contactId);
        desk.stream(contactId);
        assertThatThrownBy(() -> desk.stream(contactId)).isInstanceOf(LimitExceededException.class);

        desk.connect.stopContactStreaming(request ->
                request.instanceId(Desk.INSTANCE).contactId(contactId).streamingId(first));
        desk.stream(contactId);
        assertThatThrownBy(() -> desk.connect.stopContactStreaming(request ->
                        request.instanceId(Desk.INSTANCE).contactId(contactId).streamingId(first)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void streamingNeedsAKnownContactAndTopic() {
        String contactId = desk.start().contactId();
        assertThatThrownBy(() -> desk.stream("nobody")).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> desk.connect.startContactStreaming(request -> request.instanceId(Desk.INSTANCE)
                        .contactId(contactId)
                        .chatStreamingConfiguration(to -> to.streamingEndpointArn(Desk.TOPIC + ".fifo"))))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aStoppedContactHasEndedAndCannotBeStoppedAgain() {
        Desk.Connected chat = desk.connected();
        desk.connect.stopContact(request -> request.instanceId(Desk.INSTANCE).contactId(chat.contactId()));
        assertThat(desk.chat(chat.contactId()).get("disconnectReason").asText()).isEqualTo("API");
        for (String gone : List.of(chat.contactId(), "nobody")) {
            assertThatThrownBy(() -> desk.connect.stopContact(
                            request -> request.instanceId(Desk.INSTANCE).contactId(gone)))
                    .isInstanceOf(ContactNotFoundException.class);
        }
    }

    @Test
    void describesAContactEvenByTheArnOfItsInstance() {
        Desk.Connected chat = desk.connected();
        desk.act(chat.contactId(), "end", "");
        String arn = "arn:aws:connect:us-east-1:123456789012:instance/" + Desk.INSTANCE;

        Contact contact = desk.connect
                .describeContact(request -> request.instanceId(arn).contactId(chat.contactId()))
                .contact();

        assertThat(contact.initialContactId()).isEqualTo(chat.contactId());
        assertThat(contact.initiationTimestamp()).isEqualTo(desk.clock.instant());
        assertThat(contact.disconnectTimestamp()).isEqualTo(desk.clock.instant());
        assertThat(contact.disconnectReason()).isEqualTo("CONTACT_FLOW_DISCONNECT");
    }

    @Test
    void attributesAreMerged() {
        String contactId = desk.start(request -> request.attributes(Map.of("a", "1", "b", "2")))
                .contactId();
        desk.connect.updateContactAttributes(request ->
                request.instanceId(Desk.INSTANCE).initialContactId(contactId).attributes(Map.of("b", "3", "c", "ü")));
        assertThat(desk.connect
                        .getContactAttributes(
                                request -> request.instanceId(Desk.INSTANCE).initialContactId(contactId))
                        .attributes())
                .isEqualTo(Map.of("a", "1", "b", "3", "c", "ü"));
        assertThatThrownBy(() -> desk.connect.getContactAttributes(
                        request -> request.instanceId(Desk.INSTANCE).initialContactId("nobody")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void timersAreSetChangedAndUnset() {
        String contactId = desk.start(_ -> {}).contactId();
        setTimers(
                contactId,
                timer(TimerEligibleParticipantRoles.CUSTOMER, ParticipantTimerType.IDLE, minutes(2)),
                timer(
                        TimerEligibleParticipantRoles.CUSTOMER,
                        ParticipantTimerType.DISCONNECT_NONCUSTOMER,
                        minutes(480)));
        setTimers(
                contactId,
                timer(
                        TimerEligibleParticipantRoles.CUSTOMER,
                        ParticipantTimerType.IDLE,
                        ParticipantTimerValue.fromParticipantTimerAction(ParticipantTimerAction.UNSET)),
                timer(TimerEligibleParticipantRoles.AGENT, ParticipantTimerType.IDLE, minutes(5)));

        assertThat(desk.chat(contactId).path("timers").toString())
                .isEqualTo("{\"CUSTOMER DISCONNECT_NONCUSTOMER\":480,\"AGENT IDLE\":5}");
    }

    @Test
    void timersThatAmazonDoesNotTakeAreRefused() {
        String contactId = desk.start(_ -> {}).contactId();
        ParticipantTimerConfiguration idle =
                timer(TimerEligibleParticipantRoles.CUSTOMER, ParticipantTimerType.IDLE, minutes(2));

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> setTimers(contactId),
                () -> setTimers(contactId, idle, idle),
                () -> setTimers(
                        contactId, timer(TimerEligibleParticipantRoles.AGENT, ParticipantTimerType.IDLE, minutes(1))),
                () -> setTimers(
                        contactId,
                        timer(TimerEligibleParticipantRoles.AGENT, ParticipantTimerType.IDLE, minutes(481))))) {
            assertThatThrownBy(call).isInstanceOf(InvalidParameterException.class);
        }
        assertThatThrownBy(() -> setTimers("nobody", idle)).isInstanceOf(ResourceNotFoundException.class);
    }

    private void setTimers(String contactId, ParticipantTimerConfiguration... timers) {
        desk.connect.updateParticipantRoleConfig(request -> request.instanceId(Desk.INSTANCE)
                .contactId(contactId)
                .channelConfiguration(UpdateParticipantRoleConfigChannelInfo.fromChat(
                        chat -> chat.participantTimerConfigList(timers))));
    }

    private static ParticipantTimerConfiguration timer(
            TimerEligibleParticipantRoles role, ParticipantTimerType type, ParticipantTimerValue value) {
        return ParticipantTimerConfiguration.builder()
                .participantRole(role)
                .timerType(type)
                .timerValue(value)
                .build();
    }

    private static ParticipantTimerValue minutes(int minutes) {
        return ParticipantTimerValue.fromParticipantTimerDurationInMinutes(minutes);
    }

    @Test
    void integrationEventsAreForAwsOnly() {
        assertThatThrownBy(() -> desk.connect.sendChatIntegrationEvent(
                        request -> request.sourceId("s").destinationId("d").event(event -> event.type("MESSAGE"))))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void anUnknownOperationAndABrokenBodyAreErrorsInAmazonsForm() {
        HttpResponse<String> unknown = desk.control.request("PUT", "/contact/nothing", "{}");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("x-amzn-ErrorType")).hasValue("UnknownOperationException");

        HttpResponse<String> broken = desk.control.request("PUT", "/contact/chat", "[1]");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.headers().firstValue("x-amzn-ErrorType")).hasValue("SerializationException");
        assertThat(broken.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @Test
    void answersToWhoeverWaitsForAContinue() {
        HttpResponse<String> answer =
                desk.control.send(HttpRequest.newBuilder(desk.standIn.uri().resolve("/contact/chat"))
                        .expectContinue(true)
                        .PUT(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(400);
    }
}
