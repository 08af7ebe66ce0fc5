import DaybookCore
import DaybookEngine
import Glibc

/// Reads the settings, the provider files and the clients' secrets from disk, and checks them
/// together. Used at the start, for a reload and by `--check`; it may wait for disks.
struct ConfigurationReader: Sendable {
  /// Path of the settings file.
  var settings: String
  /// Folders of provider files, most important first (see ``ProviderFolders``).
  var providers: [String]
  /// systemd's folder of credentials (`$CREDENTIALS_DIRECTORY`); nil: there is none.
  var credentials: String?
  /// Whether this system has a time zone of this name.
  var zoneExists: @Sendable (String) -> Bool
  /// Whom files may belong to, root apart: the daemon's own user.
  var uid: uid_t = geteuid()

  /// What came of it. Lines are `file:line:column: message`, in the order of the files.
  struct Outcome: Sendable {
    /// Nil exactly when there are problems.
    var configuration: Configuration?
    /// Everything that must be mended.
    var problems: [String]
    /// Provider files that cannot be used, but that nothing in the settings names.
    var warnings: [String]

    /// As the engine wants to know it.
    var event: Event {
      configuration.map { .settingsRead($0) } ?? .settingsRefused(problems)
    }
  }

  func read() -> Outcome {
    let reader = TrustedFile(uid: uid)
    let content = reader.read(settings, as: .configuration, limit: Limits.yamlBytes)
    let (files, notes) = ProviderFolders(providers).files(reader)
    let checked = Check.configuration(
      settings: SourceFile(path: settings, content: content), providers: files,
      zoneExists: zoneExists)
    var problems = checked.problems.list
    var secrets: [String: Secret] = [:]
    var keyring = TokenKeyring()
    if let located = checked.located {
      let files = SecretFiles(reader: reader, credentials: credentials)
      let found = files.clients(located)
      let ring = files.keyring(located)
      secrets = found.secrets
      keyring = ring.keyring
      problems += found.problems + ring.problems
    }
    var outcome = Outcome(
      configuration: nil, problems: Problems(problems).lines,
      warnings: notes + checked.warnings.lines)
    if problems.isEmpty, let settings = checked.settings {
      outcome.configuration = Configuration(
        settings: settings, providers: checked.providers, secrets: secrets, keyring: keyring)
    }
    return outcome
  }
}
