/// A token, client secret or code: printed, described or mirrored it is `•••`. Reading it takes
/// ``expose()``, which a test counts.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: String

  public init(_ text: String) { self.text = text }

  /// The text itself, for the request, the grant's row and nothing else.
  public func expose() -> String { text }

  public var isEmpty: Bool { text.isEmpty }
  public var description: String { "•••" }
  public var debugDescription: String { "•••" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
