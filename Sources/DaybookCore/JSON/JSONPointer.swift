/// A JSON Pointer (RFC 6901) in which a segment `*` stands for every element of an array or every
/// member of an object. A member that is itself named `*` cannot be pointed at alone.
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

  public func appending(_ segment: Segment) -> JSONPointer {
    JSONPointer(segments: segments + [segment])
  }

  /// What follows `other`; nil when this does not begin with it.
  public func below(_ other: JSONPointer) -> JSONPointer? {
    guard segments.starts(with: other.segments) else { return nil }
    return JSONPointer(segments: Array(segments.dropFirst(other.segments.count)))
  }

  /// Reads `""`, `/a/0/b`, `/a/*/b` with `~0` for `~` and `~1` for `/`. Nil when it does not begin
  /// with a slash or holds another `~` escape.
  public init?(_ text: String) {
    if text.isEmpty {
      self = .root
      return
    }
    guard text.unicodeScalars.first == "/" else { return nil }
    // By scalars: a combining mark after a slash would hide it from a walk over characters.
    let parts = text.unicodeScalars.dropFirst().split(
      separator: "/", omittingEmptySubsequences: false)
    var segments: [Segment] = []
    for part in parts {
      guard let key = JSONPointer.unescaped(part) else { return nil }
      segments.append(part.elementsEqual("*".unicodeScalars) ? .every : .key(key))
    }
    self.segments = segments
  }

  private static func unescaped(_ part: Substring.UnicodeScalarView) -> String? {
    var out = String.UnicodeScalarView()
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
    return String(out)
  }

  public var description: String {
    segments.map { segment in
      switch segment {
      case .every: return "/*"
      case .key(let key):
        var out = String.UnicodeScalarView("/".unicodeScalars)
        for c in key.unicodeScalars {
          switch c {
          case "~": out.append(contentsOf: "~0".unicodeScalars)
          case "/": out.append(contentsOf: "~1".unicodeScalars)
          default: out.append(c)
          }
        }
        return String(out)
      }
    }.joined()
  }
}
