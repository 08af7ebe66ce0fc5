import DaybookCore

/// What can happen to the engine. Events that arrived together are handled together.
public enum Event: Sendable {
  /// The wake-up that was asked for, or any other reason to look at the clock.
  case tick
  /// A call ended.
  case replied(CallID, Reply)
  /// Result of ``Effect/assemble(_:)``.
  case assembled(AssembleResult)
  /// A batch of days is in the archive, or is not; one outcome for each item, in order.
  case persisted([PersistOutcome])
  case commanded(Command)
  /// The client of this command is gone; nothing more is to be answered.
  case hungUp(CommandID)
  /// Result of reading settings and provider files again, asked for by ``Effect/readSettings``.
  case settingsRead(Configuration)
  case settingsRefused([String])
  /// Result of ``Effect/probe``.
  case probed(ProbeResult)
  /// Result of ``Effect/check``.
  case checked(CheckResult)
  /// Result of ``Effect/move``.
  case moved(from: String, to: String, ok: Bool)
  /// Somebody set the clock.
  case clockStepped
  /// SIGHUP.
  case reloadAsked
  /// SIGTERM or SIGINT.
  case stopAsked
}

public struct CommandID: Hashable, Sendable, Comparable {
  public let number: UInt64
  public init(_ number: UInt64) { self.number = number }
  public static func < (a: CommandID, b: CommandID) -> Bool { a.number < b.number }
}

/// A call that arrived over the control socket. Permission has been checked.
public struct Command: Sendable {
  public var id: CommandID
  public var call: ControlCall
  /// The caller wants more than one reply.
  public var more: Bool
  /// 64 random bytes, for what this command may have to make up (`state`, PKCE verifier).
  public var entropy: [UInt8]

  public init(id: CommandID, call: ControlCall, more: Bool, entropy: [UInt8]) {
    self.id = id
    self.call = call
    self.more = more
    self.entropy = entropy
  }
}

/// Settings, the provider files they name, and the client secrets, read and checked together.
public struct Configuration: Sendable {
  public var settings: Settings
  /// By name.
  public var providers: [String: Provider]
  /// By client name.
  public var secrets: [String: Secret]
  /// What tokens at rest are encrypted with.
  public var keyring: TokenKeyring

  public init(
    settings: Settings, providers: [String: Provider], secrets: [String: Secret],
    keyring: TokenKeyring = TokenKeyring()
  ) {
    self.settings = settings
    self.providers = providers
    self.secrets = secrets
    self.keyring = keyring
  }
}

/// The archive's answer for one ``PersistItem``.
public struct PersistOutcome: Sendable {
  public var id: CallID
  public var result: Result<Void, ArchiveFailure>
  public init(id: CallID, result: Result<Void, ArchiveFailure>) {
    self.id = id
    self.result = result
  }
}

/// Why the archive could not do something.
public enum ArchiveFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// ENOSPC or EDQUOT: nothing is lost, writing pauses.
  case full(String)
  /// fsync failed: what was written may be gone; the temporary file was dropped.
  case syncFailed(String)
  /// The archive is not there (its marker is missing or names another ledger).
  case away(String)
  /// A symbolic link or something that is no file stands where a day or folder should be.
  case obstructed(String)
  case failed(String)

  /// What and where, for people.
  public var description: String {
    switch self {
    case .full(let text), .syncFailed(let text), .away(let text), .obstructed(let text),
      .failed(let text):
      text
    }
  }
}

public enum ProbeResult: Hashable, Sendable {
  case writable
  case full(String)
  case away(String)
  case failed(String)
}
