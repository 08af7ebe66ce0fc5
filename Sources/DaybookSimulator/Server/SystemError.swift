import Glibc

/// A call of the system that failed.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  public var call: String
  /// errno(3)
  public var number: Int32

  /// Takes `errno` as it stands.
  init(_ call: String) {
    self.call = call
    self.number = errno
  }

  public var description: String { "\(call): \(String(cString: strerror(number)))" }
}
