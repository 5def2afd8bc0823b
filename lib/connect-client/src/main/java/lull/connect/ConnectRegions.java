package lull.connect;

import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lull.runtime.CannotStart;
import lull.runtime.QuotaShare;
import lull.runtime.aws.AwsArn;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsIdentity;
import lull.runtime.aws.AwsSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.jspecify.annotations.Nullable;

/// AWS Regions in which business numbers have their Amazon Connect instances.
///
/// @param usual the Region of all numbers that name no other
/// @param options how Connect is called, by Region
/// @param byInstance the Region of each instance
public record ConnectRegions(String usual, Map<String, ConnectOptions> options, Map<String, String> byInstance) {

    public ConnectRegions {
        options = Map.copyOf(options);
        byInstance = Map.copyOf(byInstance);
    }

    /// Reads them from the settings; throws [CannotStart] if they contradict each other.
    public static ConnectRegions of(Settings settings) {
        String usual = settings.get(ConnectSettings.REGION);
        Map<String, ConnectOptions> options = new LinkedHashMap<>(Map.of(usual, ConnectSettings.options(settings)));
        Map<String, AwsIdentity> identities = new HashMap<>();
        Map<String, String> byInstance = new HashMap<>(Map.of(settings.get(ConnectSettings.INSTANCE_ID), usual));
        requireTopic(ConnectSettings.STREAMING_TOPIC_ARN, settings.get(ConnectSettings.STREAMING_TOPIC_ARN));
        for (String number : settings.get(NumberSettings.NUMBERS)) {
            String region = NumberSettings.of(settings, number, ConnectSettings.REGION);
            ConnectOptions before = options.computeIfAbsent(
                    region, _ -> ConnectSettings.options(settings).in(region, Optional.empty(), Optional.empty()));
            options.put(
                    region,
                    before.in(
                            region,
                            endpoint(settings, number, ConnectSettings.ENDPOINT, before.endpoint()),
                            endpoint(
                                    settings,
                                    number,
                                    ConnectSettings.PARTICIPANT_ENDPOINT,
                                    before.participantEndpoint())));
            requireTopic(
                    ConnectSettings.STREAMING_TOPIC_ARN.forNumber(number),
                    NumberSettings.of(settings, number, ConnectSettings.STREAMING_TOPIC_ARN));
            String instance = NumberSettings.of(settings, number, ConnectSettings.INSTANCE_ID);
            String known = byInstance.putIfAbsent(instance, region);
            if (known != null && !known.equals(region)) {
                throw new CannotStart("The configuration cannot be used: the Amazon Connect instance " + instance
                        + " is configured for " + known + " and for " + region + ", but an instance is in one Region."
                        + " Check "
                        + ConnectSettings.REGION.forNumber(number).name() + " and "
                        + ConnectSettings.INSTANCE_ID.forNumber(number).name());
            }
            AwsSettings.identity(settings, number)
                    .ifPresent(identity -> requireSame(identities.putIfAbsent(instance, identity), identity, number));
        }
        options.replaceAll((region, one) -> one.with(in(region, identities, byInstance)));
        return new ConnectRegions(usual, options, byInstance);
    }

    /// @param before the identity of another number with the same instance
    private static void requireSame(@Nullable AwsIdentity before, AwsIdentity identity, String number) {
        if (before != null && !before.equals(identity)) {
            throw new CannotStart("The configuration cannot be used: connect.credentials." + number
                    + " differs from that of another number of the same Amazon Connect instance, which is called with"
                    + " one identity. Set the same for all numbers of an instance");
        }
    }

    private static Map<String, AwsIdentity> in(
            String region, Map<String, AwsIdentity> identities, Map<String, String> byInstance) {
        Map<String, AwsIdentity> here = new HashMap<>(identities);
        here.keySet().removeIf(instance -> !region.equals(byInstance.get(instance)));
        return here;
    }

    private static void requireTopic(Setting<?> setting, String arn) {
        if (!AwsArn.isTopic(arn)) {
            throw new CannotStart("The configuration cannot be used: " + setting.name() + " must be the ARN of an SNS"
                    + " topic, such as arn:aws:sns:eu-central-1:123456789012:connect-chat (it is '" + arn
                    + "'); without it agents' messages do not reach customers");
        }
    }

    /// Returns the endpoint for a Region: the number's own setting, or else that of the numbers before
    /// it.
    private static Optional<URI> endpoint(
            Settings settings, String number, Setting<Optional<URI>> setting, Optional<URI> before) {
        Setting<Optional<Optional<URI>>> own = setting.forNumber(number);
        Optional<URI> said = settings.get(own).flatMap(uri -> uri);
        if (said.isPresent() && before.isPresent() && !said.equals(before)) {
            throw new CannotStart("The configuration cannot be used: " + own.name()
                    + " differs from another setting for the same Region; a Region has one endpoint");
        }
        return said.or(() -> before);
    }

    /// The Region of an instance.
    public String of(String instanceId) {
        return byInstance.getOrDefault(instanceId, usual);
    }

    /// The identity that calls an instance; empty if it is that of the process.
    public Optional<AwsIdentity> identityOf(String instanceId) {
        return Optional.ofNullable(optionsOf(instanceId).identities().get(instanceId));
    }

    /// How Connect is called in the Region of an instance.
    public ConnectOptions optionsOf(String instanceId) {
        return Objects.requireNonNull(options.get(of(instanceId)));
    }

    /// Opens clients in every Region as components of a process.
    ///
    /// @param quotas the share of the quotas that this process uses
    public ConnectApis open(ServiceContext context, QuotaShare quotas, ConnectMetrics metrics) {
        Settings settings = context.settings();
        Map<String, ConnectPort> connects = new HashMap<>();
        Map<String, ParticipantPort> participants = new HashMap<>();
        options.forEach((region, one) -> {
            ConnectRateLimiter limiter = new ConnectRateLimiter(
                    region,
                    settings.get(ConnectSettings.RATES),
                    ConnectSettings.circuit(settings),
                    System::nanoTime,
                    metrics);
            quotas.addListener(limiter);
            AwsClients aws = context.components().add("connect in " + region, one.clients());
            connects.put(region, new RateLimitedConnect(new AwsConnect(aws, one, metrics), limiter));
            participants.put(
                    region,
                    new RateLimitedParticipant(
                            context.components()
                                    .add(
                                            "participants in " + region,
                                            new AwsParticipant(aws, one, context.clock(), metrics)),
                            limiter));
        });
        return new ConnectApis(
                new RegionalConnect(usual, connects, this::of), new RegionalParticipant(usual, participants));
    }
}
