/// Reads the settings file: YAML, every key checked, every problem found at once. What the settings
/// say about providers is checked by ``ConfigurationCheck``, which knows these.
public enum SettingsFile {
  /// `file` is shown in messages. An empty file is valid: no accounts.
  public static func load(_ bytes: [UInt8], file: String) -> Result<Settings, Problems> {
    read(bytes, file: file).map(\.settings)
  }

  /// As `load`, with the places at which everything is written.
  public static func read(_ bytes: [UInt8], file: String) -> Result<LocatedSettings, Problems> {
    let log = ProblemLog(file: file)
    let root = YAMLParser.parse(bytes, log: log)
    let reader = Reader.keys("the settings") { settings($0) }
    let value = root.flatMap { reader.read($0, Reading(label: "the file", log: log)) }
    return log.result(root.flatMap { root in value.map { ($0, root) } })
      .map { LocatedSettings(settings: $0.0, file: file, root: $0.1) }
  }

  /// The keys of the outermost level, as `finish()` lists them.
  static let keys = ["archive", "fresh", "token_key", "token_key_file", "clients", "accounts"]

  private static func settings(_ map: MapDecoder) -> Settings? {
    var settings = Settings()
    settings.archive = map.take("archive", .absolutePath)
    settings.fresh = map.take("fresh", .duration(.seconds(1) ... .days(1))) ?? settings.fresh
    settings.tokenKey = map.secret("token_key")
    settings.clients = map.take("clients", .clients) ?? []
    settings.accounts = map.take("accounts", .accounts) ?? []
    return settings
  }
}

/// Settings and where each of them is written.
public struct LocatedSettings: Sendable {
  public var settings: Settings
  public let file: String
  let root: YAMLNode

  /// Where something is written, by its path: `["clients", "app", "client_secret"]`; where that is
  /// missing, the place of what is around it.
  public func position(of path: [String]) -> Position { root.position(of: path) }

  /// Whether a key is written at all, by its path: `["accounts", "me", "zone"]`.
  func has(_ path: [String]) -> Bool { root.node(at: path) != nil }
}

extension Reader where Value == String {
  static var absolutePath: Reader {
    .text("an absolute path such as /srv/daybook").checked { path in
      if !path.hasPrefix("/") { return "\(quoted(path)) must begin with a slash" }
      let parts = path.split(separator: "/", omittingEmptySubsequences: true)
      if parts.contains("..") { return "\(quoted(path)) must not hold '..'" }
      return path.unicodeScalars.contains("\0") ? "\(quoted(path)) is no path" : nil
    }
  }
}

extension Reader {
  /// A map from names to things, in the order of the file.
  static func named<Item>(
    _ what: String, _ item: @escaping (YAMLMap.Entry, Reading) -> Item?
  ) -> Reader where Value == [Item] {
    .entries(what) { entry, reading in
      guard Name.isValid(entry.key) else {
        let complaint = "\(quoted(entry.key)) is no name; \(Name.rule)"
        reading.log.report(complaint, at: entry.keyPosition)
        return nil
      }
      return item(entry, reading)
    }
  }
}
