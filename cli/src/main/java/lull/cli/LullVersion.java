package lull.cli;

import lull.runtime.BuildInfo;
import picocli.CommandLine.IVersionProvider;

/// Version that `lull --version` prints.
final class LullVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        BuildInfo build = BuildInfo.read();
        return new String[] {"lull " + build.version() + " (commit " + build.commit() + ")", "java " + Runtime.version()
        };
    }
}
