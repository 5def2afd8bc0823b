package lull.cli;

import picocli.CommandLine.IVersionProvider;

/// The version that `lull --version` prints.
final class LullVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Lull.class.getPackage().getImplementationVersion();
        return new String[] {"lull " + (version == null ? "(from source)" : version), "java " + Runtime.version()};
    }
}
