package lull.local;

import picocli.CommandLine.Option;

/// Options of commands that run the stand-ins: add it as a mixin.
final class StandInOptions {

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = LocalOptions.LOOPBACK,
            description =
                    "Address of this machine on which all ports listen; 0.0.0.0 for all, which lets others in with the"
                            + " published secrets. Default: ${DEFAULT-VALUE}")
    private String host = LocalOptions.LOOPBACK;

    @Option(
            names = "--connect-port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Port of the stand-in of Amazon Connect. Default: ${DEFAULT-VALUE}")
    private int connectPort;

    @Option(
            names = "--graph-port",
            paramLabel = "PORT",
            defaultValue = "8091",
            description = "Port of the stand-in of WhatsApp. Default: ${DEFAULT-VALUE}")
    private int graphPort;

    /// Returns the address on which all ports listen.
    String host() {
        return host;
    }

    /// Returns the port of the stand-in of Amazon Connect.
    int connectPort() {
        return connectPort;
    }

    /// Returns the port of the stand-in of WhatsApp.
    int graphPort() {
        return graphPort;
    }
}
