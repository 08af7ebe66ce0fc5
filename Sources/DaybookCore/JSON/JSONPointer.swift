/// A JSON Pointer (RFC 6901) in which a segment `*` stands for every element of an array or every
/// member of an object.
public struct JSONPointer: Hashable, Sendable, CustomStringConvertible {
  public enum Segment: Hashable, Sendable {
    /// A member's name, or an element's index in decimal.
    case key(String)
    case every
  }
  public let segments: [Segment]

  /// The whole document.
  public static let root = JSONPointer(segments: [])

  public init(segments: [Segment]) { self.segments = segments }

  /// Reads `""`, `/a/0/b`, `/a/*/b` with `~0` for `~` and `~1` for `/`. Nil when it does not begin
  /// with a slash or holds another `~` escape.
  public init?(_ text: String) {
    if text.isEmpty {
      self = .root
      return
    }
    guard text.utf8.first == UInt8(ascii: "/") else { return nil }
    var segments: [Segment] = []
    for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      if part == "*" {
        segments.append(.every)
        continue
      }
      guard let key = JSONPointer.unescaped(part) else { return nil }
      segments.append(.key(key))
    }
    self.segments = segments
  }

  private static func unescaped(_ part: Substring) -> String? {
    var out = ""
    var rest = part.makeIterator()
    while let c = rest.next() {
      guard c == "~" else {
        out.append(c)
        continue
      }
      switch rest.next() {
      case "0": out.append("~")
      case "1": out.append("/")
      default: return nil
      }
    }
    return out
  }

  public var description: String {
    segments.map { segment in
      switch segment {
      case .every: return "/*"
      case .key(let key):
        var out = "/"
        for c in key {
          switch c {
          case "~": out += "~0"
          case "/": out += "~1"
          default: out.append(c)
          }
        }
        return out
      }
    }.joined()
  }
}
