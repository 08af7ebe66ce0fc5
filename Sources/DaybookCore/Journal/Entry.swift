/// One line of the journal: what happened, and to whom. Made by the engine, written once by the
/// daemon, to the journal with fields or to the terminal.
public struct Entry: Hashable, Sendable {
  public var message: Message
  public var text: String
  public var account: String?
  public var provider: String?
  public var stream: String?
  public var day: Day?

  public init(
    _ message: Message, _ text: String, account: String? = nil, provider: String? = nil,
    stream: String? = nil, day: Day? = nil
  ) {
    self.message = message
    self.text = text
    self.account = account
    self.provider = provider
    self.stream = stream
    self.day = day
  }
}

/// Severity as syslog(3) counts it.
public enum Priority: Int, Sendable, Comparable {
  case critical = 2
  case error = 3
  case warning = 4
  case notice = 5
  case info = 6
  case debug = 7

  public static func < (a: Priority, b: Priority) -> Bool { a.rawValue < b.rawValue }
}

/// The kinds of lines. Each has a stable id in the journal (`MESSAGE_ID=`) and a page in the
/// message catalog, which `journalctl -x` shows.
public enum Message: String, CaseIterable, Sendable {
  case started, ready, stopping, reloaded, reloadRefused
  case signInNeeded, signInEnding, signedIn, signedOut, wrongPerson
  case progress, paused, resumed, backfillComplete
  case dayStored, dayFailed, dayChanged, dayRefused, dayDamaged
  case resyncDone
  case accountAdded, accountRemoved, accountRenamed
  case providerEnding, accountSealed, accountUnsealed
  case archiveAway, archiveBack, diskFull, diskBack
  case clockUntrusted, clockTrusted
  case serverTrouble, pageChanged
  case verified, repaired
  case accessDenied, linesDropped
  case bug, fatal

  public var priority: Priority {
    switch self {
    case .started, .ready, .stopping, .reloaded, .progress, .resumed, .paused, .signedIn,
      .signedOut, .accountAdded, .accountRemoved, .accountRenamed, .resyncDone, .clockTrusted,
      .verified:
      .info
    case .backfillComplete, .archiveBack, .diskBack, .accountUnsealed, .repaired: .notice
    case .dayStored: .debug
    case .dayFailed, .dayChanged, .dayRefused, .signInNeeded, .signInEnding, .providerEnding,
      .accountSealed, .clockUntrusted, .serverTrouble, .pageChanged, .reloadRefused, .accessDenied,
      .linesDropped:
      .warning
    case .dayDamaged, .wrongPerson, .archiveAway, .diskFull, .bug: .error
    case .fatal: .critical
    }
  }

  /// 128 bits as 32 hexadecimal digits: made once by `systemd-id128 new`, never changed.
  public var id: String {
    switch self {
    case .started: "88f1d4e40f1b4328abea2da2bd58f9ea"
    case .ready: "924d3ef476924e2d878fcc922e86cc69"
    case .stopping: "c51a9ad2ce794f838af11c8bf2c24ed0"
    case .reloaded: "dfba7ab914b24e40887e68de63979a99"
    case .reloadRefused: "1567d53eceda4c17bc6d8fc837315f16"
    case .signInNeeded: "67958e28c77f4f9392ac599a614eab3a"
    case .signInEnding: "b028e473c2c047c395a4796e702f87ba"
    case .signedIn: "7d2d99c2e1324b4d89f0f492fe40db99"
    case .signedOut: "b54197ec63654152af015d5a6ff6802c"
    case .wrongPerson: "62fc6a09b7524769b5c843626524eb82"
    case .progress: "8ccba48bbcbd4530bdab1281556c09b2"
    case .paused: "9272e01f00bb4d2ebfdf41ccca51ff4a"
    case .resumed: "54a86f107aa24c7e9feffec45380a957"
    case .backfillComplete: "5b8512938c304d54977a4e9503a897ef"
    case .dayStored: "1587633817bd4199990521ff150f3aec"
    case .dayFailed: "66ac588312824c65807f19c01afb042d"
    case .dayChanged: "10fd878941a74f0f8f95f125f6167949"
    case .dayRefused: "53fc53fb07254b67a54ec251534a4ac3"
    case .dayDamaged: "2822184ac92f4104b2a05af044adcaa5"
    case .resyncDone: "72c0fb4aacdb40eaacea0472c27489db"
    case .accountAdded: "9380b7b40fbe4ce58c2cf92a4b73c070"
    case .accountRemoved: "18971ea957e84568a9e8d9ea5f77102a"
    case .accountRenamed: "faed277acda14e6fa568486d6b4d4263"
    case .providerEnding: "330cbe80e7d94a169fcfe193e11a0688"
    case .accountSealed: "85c91ffdeeb74f908f29fadea499f255"
    case .accountUnsealed: "c307b5048b5443338b2af8b6b8a16a6d"
    case .archiveAway: "d3ad49ce367047c1944cb2e60279a3fb"
    case .archiveBack: "adb446493fb14d89922e75a5d1973303"
    case .diskFull: "43d18fb212b746c98b3b439ece12b70e"
    case .diskBack: "54115021dccd43ca8c05cd18f8f5ac6f"
    case .clockUntrusted: "d4bc47f3933f4486b4e0e7b33860cbef"
    case .clockTrusted: "89c68c25a2ca46e18e9e0496915e6912"
    case .serverTrouble: "f33c7c37b514435db6822ef548ac48b0"
    case .pageChanged: "ecb80126fd8247ec9b1a33886b6b0807"
    case .verified: "8789fde58c5a43b4997c1ce1314da162"
    case .repaired: "28edc862d7364d038a7040c4734fa0af"
    case .accessDenied: "8b80be262bb945ca9981bca9b4654891"
    case .linesDropped: "421b2765f6754b2c8f4aa643fd5d4998"
    case .bug: "7099d03e70494bcfbeaa7efdc8bfbffe"
    case .fatal: "f534d43fc7d94287a0f56e1c05987487"
    }
  }
}
