/// Every bound of the simulator, with its unit and its reason.
public enum SimLimits {
  /// Bytes of a request's line and headers together; tokens of 16 KiB must pass.
  public static let headBytes = 64 << 10
  /// Bytes of a request's body: forms and single location points.
  public static let requestBodyBytes = 1 << 20
  /// Connections at once.
  public static let connections = 4_096
  /// Bytes waiting for a client that does not read before pipelined requests wait too.
  public static let writeQueueBytes = 4 << 20
  /// Bytes of one chunk of a chunked body.
  public static let chunkBytes = 8 << 10
  /// Refresh tokens that a grant remembers, to tell a dead one from one never given.
  public static let rememberedTokens = 64
  /// Codes waiting to be exchanged; the oldest goes first.
  public static let pendingCodes = 1_024
  /// Login forms, sessions and remembered browsers of a web site, each; the oldest goes first.
  public static let siteRecords = 1_024
  /// Points added over HTTP, all devices together.
  public static let addedPoints = 1_000_000
  /// Days from the first to the last: a hundred years.
  public static let days = 36_525
  /// Late changes asked for by hand, all days together.
  public static let forcedChanges = 100_000
  /// Rules of faults at once.
  public static let faultRules = 256
}
