/// What `daybook check` and the daemon's start both ask: is this right?
public enum Check {
  public enum Kind: Hashable, Sendable { case provider, settings }

  /// What a file is meant to be, by its outermost keys; where these leave it open, `daybook.yaml`
  /// and an empty file are settings.
  public static func kind(_ file: SourceFile) -> Kind {
    let bytes = (try? file.content.get()) ?? []
    let root = YAMLParser.parse(bytes, log: ProblemLog(file: file.path))
    guard case .map(let map) = root?.content else {
      let isEmpty = root?.isNull ?? false
      return isEmpty || file.stem == "daybook" ? .settings : .provider
    }
    var (settings, provider) = (0, 0)
    for entry in map.entries {
      let meant = nearest(to: entry.key, among: SettingsFile.keys + ProviderFile.keys)
      guard let meant else { continue }
      if SettingsFile.keys.contains(meant) { settings += 1 } else { provider += 1 }
    }
    if settings == provider { return file.stem == "daybook" ? .settings : .provider }
    return settings > provider ? .settings : .provider
  }

  /// What is wrong with one file taken by itself.
  public static func file(bytes: [UInt8], name: String) -> [Problem] {
    switch kind(SourceFile(path: name, bytes: bytes)) {
    case .provider: problems(of: ProviderFile.load(bytes, file: name))
    case .settings: problems(of: SettingsFile.load(bytes, file: name))
    }
  }

  /// Settings and all provider files together. Two provider files of one name: the first counts.
  public static func configuration(
    settings: SourceFile, providers files: [SourceFile],
    zoneExists: (String) -> Bool = { _ in true }
  ) -> CheckedConfiguration {
    let read = settings.read { SettingsFile.read($0, file: settings.path) }
    var out = CheckedConfiguration()
    var problems = Check.problems(of: read)
    var warnings: [Problem] = []
    var broken: Set<String> = []
    let named = SettingsFile.providerNames(settings)
    for file in files where out.providers[file.stem] == nil && !broken.contains(file.stem) {
      switch file.read({ ProviderFile.load($0, file: file.path) }) {
      case .success(let provider): out.providers[provider.name] = provider
      case .failure(let found):
        broken.insert(file.stem)
        if named.contains(file.stem) { problems += found.list } else { warnings += found.list }
      }
    }
    if case .success(let located) = read {
      out.located = located
      let checked = ConfigurationCheck.check(
        located, providers: out.providers, broken: broken, zoneExists: zoneExists)
      problems += Check.problems(of: checked)
      if problems.isEmpty { out.settings = try? checked.get() }
    }
    out.problems = Problems(problems)
    out.warnings = Problems(warnings)
    return out
  }

  private static func problems<Value>(of result: Result<Value, Problems>) -> [Problem] {
    if case .failure(let problems) = result { problems.list } else { [] }
  }
}

/// What ``Check/configuration(settings:providers:zoneExists:)`` found.
public struct CheckedConfiguration: Sendable {
  /// Completed; nil when they cannot be used.
  public var settings: Settings?
  /// As written; nil when the settings file itself has problems.
  public var located: LocatedSettings?
  /// Every provider whose file is right, by name.
  public var providers: [String: Provider] = [:]
  /// Must be mended; empty when the configuration can be used.
  public var problems = Problems([])
  /// Provider files with problems that nothing in the settings names.
  public var warnings = Problems([])
}

extension SettingsFile {
  /// The providers that clients and accounts name, as far as the file can be read.
  static func providerNames(_ file: SourceFile) -> Set<String> {
    guard let bytes = try? file.content.get(),
      let root = YAMLParser.parse(bytes, log: ProblemLog(file: file.path))
    else { return [] }
    var names: Set<String> = []
    for section in ["clients", "accounts"] {
      guard case .map(let map) = root.node(at: [section])?.content else { continue }
      for entry in map.entries {
        if let name = entry.value.node(at: ["provider"])?.text { names.insert(name) }
      }
    }
    return names
  }
}
