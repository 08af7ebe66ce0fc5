/// Where a redirect leads, judged before anything is sent there (RFC 9110 §10.2.2): the same
/// server, by the same scheme, or nowhere.
enum SitePlace: Hashable {
  /// Path and query.
  case path(String)
  /// It is not followed, because of this. Holds nothing that the server wrote.
  case astray(String)

  /// Resolves a `Location` against the place of the request (RFC 3986 §5.2).
  init(_ location: String, from place: String, at origin: Origin) {
    let text = String(location.prefix { $0 != "#" })
    guard text.utf8.count <= Limits.locationBytes else {
      self = .astray("it redirects to a URL that is too long")
      return
    }
    let path = place.prefix { $0 != "?" }
    if text.hasPrefix("//") {
      self.init(absolute: "\(origin.scheme):" + text, at: origin)
    } else if text.prefix(while: { !"/?".contains($0) }).contains(":") {
      self.init(absolute: text, at: origin)
    } else if text.hasPrefix("/") {
      self.init(path: text)
    } else if text.isEmpty || text.hasPrefix("?") {
      self.init(path: (text.isEmpty ? place : String(path)) + text)
    } else {
      let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
      self.init(path: folder + text)
    }
  }

  private init(absolute url: String, at origin: Origin) {
    guard let (target, rest) = Origin.split(url) else {
      self = .astray("it redirects to what is no URL")
      return
    }
    guard target.host == origin.host else {
      self = .astray("it redirects to another server")
      return
    }
    guard target.scheme == origin.scheme else {
      self = .astray("it redirects from \(origin.scheme) to \(target.scheme)")
      return
    }
    guard target.effectivePort == origin.effectivePort else {
      self = .astray("it redirects to another server")
      return
    }
    self.init(path: rest.hasPrefix("/") ? rest : "/" + rest)
  }

  private init(path: String) {
    guard path.hasPrefix("/"), isURLText(path) else {
      self = .astray("it redirects to what is no URL")
      return
    }
    let bare = path.prefix { $0 != "?" }
    self = .path(SitePlace.withoutDots(bare) + path[bare.endIndex...])
  }

  /// RFC 3986 §5.2.4.
  private static func withoutDots(_ path: Substring) -> String {
    var out: [Substring] = []
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      switch part {
      case ".": if isLast { out.append("") }
      case "..":
        _ = out.popLast()
        if isLast { out.append("") }
      default: out.append(part)
      }
    }
    return "/" + out.joined(separator: "/")
  }
}

extension Origin {
  /// The port that is meant when none is written (RFC 9110 §4.2).
  var effectivePort: Int { port ?? (scheme == .https ? 443 : 80) }
}
