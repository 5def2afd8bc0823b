package lull.cli;

/// Subcommand that another part of an installation adds to `lull`: a class with picocli's annotations
/// and a public constructor without parameters, registered as a service of this type.
public interface LullCommand {}
