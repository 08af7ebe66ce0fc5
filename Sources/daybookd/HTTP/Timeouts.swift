import DaybookCore

/// How long a call may take at each step; its whole time is ``Call/timeout``.
struct Timeouts: Sendable {
  /// Name, connection and TLS together.
  var connect = Limits.connectTimeout
  /// A call slower than `stallBytesPerSecond` for this long ends, whole seconds, at least one. No
  /// byte is slower than any rate, so this is also how long the first byte may take.
  var stall = Limits.stallTimeout
  var stallBytesPerSecond = Limits.stallBytesPerSecond
  /// A connection idle for longer is not used again, whole seconds.
  var idleConnection = Limits.idleConnection
}
