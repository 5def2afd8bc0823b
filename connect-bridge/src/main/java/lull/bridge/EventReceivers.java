package lull.bridge;

import lull.bridge.outbound.events.EventMetrics;
import lull.bridge.outbound.events.EventQueue;
import lull.bridge.outbound.events.EventTransport;
import lull.bridge.outbound.events.EventTransportSettings;
import lull.bridge.outbound.events.LastDeliveryFailure;
import lull.bridge.outbound.events.SnsEndpoint;
import lull.lanes.results.KafkaAcknowledgedProducer;
import lull.runtime.http.HttpSettings;
import lull.runtime.http.ListenAddress;
import lull.runtime.process.ServiceContext;
import lull.runtime.queue.AwsQueue;
import lull.runtime.settings.Settings;
import lull.runtime.sns.SnsSettings;
import lull.runtime.sns.SnsVerifier;

/// Receivers of chat events from their SNS topic: a queue, an HTTPS endpoint, or both.
final class EventReceivers {

    private final ServiceContext context;
    private final Settings settings;
    private final KafkaAcknowledgedProducer producer;
    private final LastDeliveryFailure gap;
    private final EventMetrics metrics;

    /// @param producer which writes the events to their topic
    /// @param gap records when a notification was not accepted
    EventReceivers(
            ServiceContext context, KafkaAcknowledgedProducer producer, LastDeliveryFailure gap, EventMetrics metrics) {
        this.context = context;
        this.settings = context.settings();
        this.producer = producer;
        this.gap = gap;
        this.metrics = metrics;
    }

    /// Starts to read the queue, if there is one.
    void startQueue() {
        EventTransportSettings.queue(settings)
                .ifPresent(options -> context.components()
                        .addEarly(
                                "chat event queue",
                                AwsQueue.read(
                                        options,
                                        new EventQueue(
                                                new SnsVerifier(
                                                        EventTransportSettings.queued(settings), context.clock()),
                                                producer,
                                                gap,
                                                context.clock(),
                                                metrics,
                                                context.tracing()),
                                        () -> !context.kafka().isUnavailable(),
                                        context.dependencies(),
                                        context.metrics().registry())));
    }

    /// Opens the port, if it is configured.
    void startEndpoint() {
        if (settings.get(EventTransportSettings.DOORS).contains(EventTransport.HTTPS)) {
            context.components().addEarly("sns endpoint", endpoint());
        }
    }

    private SnsEndpoint endpoint() {
        return SnsEndpoint.start(
                new SnsEndpoint.Guards(
                        HttpSettings.options(
                                settings,
                                "sns",
                                ListenAddress.of(settings, HttpSettings.BRIDGE_HOST, EventTransportSettings.PORT)),
                        EventTransportSettings.TLS.keyStore(settings),
                        HttpSettings.bodies(settings, settings.get(SnsSettings.MAX_ENVELOPE_BYTES)),
                        HttpSettings.inFlight(settings),
                        context.metrics().registry()),
                new SnsVerifier(EventTransportSettings.posted(settings), context.clock()),
                producer,
                gap,
                context.clock(),
                metrics,
                context.tracing());
    }
}
