package lull.cdk.installation;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lull.applications.ApplicationsService;
import lull.chatwoot.ChatwootSettings;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.DestinationSettings.Kind;
import lull.runtime.settings.Settings;

/// Destinations in the settings of an installation that are applications of the business. Pure.
public final class ApplicationDestinations {

    private static final String SECRETS = "secrets";
    private static final String KEY = "key";
    private static final List<String> OF_SECRETS = List.of(SECRETS, KEY, "inbox", "token");

    private final Map<String, String> given;
    private final Settings settings;

    public ApplicationDestinations(Installation installation) {
        this.given = LullSettings.of(installation);
        this.settings = LullSettings.loaded(installation);
    }

    /// Whether there are any, so that the process that serves them must run.
    public boolean areThere() {
        return ApplicationsService.isNeeded(settings);
    }

    /// Returns the names of the settings with secrets: of each that is called over HTTP what its
    /// turns are signed with, of each assistant the key of its language model, of each inbox of Chatwoot
    /// its identifier and token.
    public List<String> secrets() {
        return Stream.of(
                        ofKind(Kind.HTTP).map(name -> DestinationSettings.named(name, SECRETS)),
                        ofKind(Kind.ASSISTANT).map(name -> DestinationSettings.named(name, KEY)),
                        ofKind(Kind.CHATWOOT)
                                .flatMap(name -> Stream.of(
                                        ChatwootSettings.inbox(name).name(),
                                        ChatwootSettings.token(name).name())))
                .flatMap(names -> names)
                .toList();
    }

    /// Returns the names of the settings with what the ingress must know of callbacks.
    public List<String> secretsOfCallbacks() {
        return ofKind(Kind.CHATWOOT)
                .flatMap(name -> Stream.of(
                        ChatwootSettings.inbox(name).name(),
                        ChatwootSettings.callbackSecrets(name).name()))
                .toList();
    }

    /// Returns the names of the settings with secrets that the doctor looks for: all but those that only sign.
    public List<String> secretsOfChecks() {
        return Stream.concat(secrets().stream(), secretsOfCallbacks().stream())
                .filter(name -> !name.endsWith("." + SECRETS) || name.endsWith(".callback." + SECRETS))
                .distinct()
                .toList();
    }

    /// Whether one of them gets customers' files.
    public boolean getsFiles() {
        return ofKind(Kind.CHATWOOT).findAny().isPresent();
    }

    /// Returns the ports at which applications are called, except the usual one.
    public Set<Integer> ports() {
        Set<Integer> ports = new TreeSet<>();
        for (String name : Stream.of(Kind.HTTP, Kind.ASSISTANT, Kind.CHATWOOT)
                .flatMap(this::ofKind)
                .toList()) {
            String url = given.get(DestinationSettings.named(name, "url"));
            if (url != null) {
                URI address = URI.create(url);
                ports.add(
                        address.getPort() >= 0
                                ? address.getPort()
                                : address.getScheme().equals("http") ? 80 : Ports.HTTPS);
            }
        }
        ports.remove(Ports.HTTPS);
        return ports;
    }

    /// Whether a setting has the secrets of a destination, which belong to the secret of the
    /// installation.
    static boolean isSecret(String setting) {
        return setting.startsWith("destination.") && OF_SECRETS.stream().anyMatch(name -> setting.endsWith("." + name));
    }

    private Stream<String> ofKind(Kind kind) {
        return settings.get(DestinationSettings.DESTINATIONS).stream()
                .filter(name -> settings.get(DestinationSettings.kind(name)) == kind);
    }
}
