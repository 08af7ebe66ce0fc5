/// What the programs say of themselves.
public enum Product {
  /// Semantic version (https://semver.org) of the daemon, the command and the control interface.
  public static let version = "1.0.0"
}
