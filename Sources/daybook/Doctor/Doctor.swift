import CLinux
import DaybookCore
import Glibc

/// Looks at everything that must be right for the daemon to do its work, as far as a client of it
/// can see.
struct Doctor {
  let session: Session
  let settings: String
  /// 1 synchronised, 0 not, -1 unknown (adjtimex(2)).
  var clock: () -> Int32 = { clinux_clock_synchronised() }
  /// Bytes free for others than root, and of how many; nil when the path cannot be seen.
  var space: (String) -> (free: UInt64, total: UInt64)? = Doctor.space

  func examine() -> [Diagnosis] {
    let daemon = daemon()
    return [settingsFile(daemonAnswers: daemon.count > 1), socketFile()] + daemon
      + [synchronised()]
  }

  private func settingsFile(daemonAnswers: Bool) -> Diagnosis {
    let shown = escapedForTerminal(settings)
    if daemonAnswers, access(settings, F_OK) != 0 {
      return Diagnosis(
        "settings", .unknown, "there is no \(shown); the daemon was started with another file",
        hint: "to see whether that is right: daybook check FILE")
    }
    guard access(settings, F_OK) == 0 else {
      return Diagnosis(
        "settings", .problem, "there is no \(shown)",
        hint: "copy the example of the documentation there, and edit it")
    }
    guard access(settings, R_OK) == 0 else {
      return Diagnosis(
        "settings", .unknown, "\(shown) is not readable for you",
        hint: "to see whether it is right: sudo daybook check")
    }
    let problems = SettingsCheck(path: settings).run().problems.count
    guard problems == 0 else {
      return Diagnosis(
        "settings", .problem, "\(shown) has \(counted(problems, "problem"))",
        hint: "see them: daybook check \(shown)")
    }
    return Diagnosis("settings", .ok, "\(shown) is in order")
  }

  private func socketFile() -> Diagnosis {
    let path = session.socket.path
    let shown = escapedForTerminal(path)
    var info = stat()
    guard stat(path, &info) == 0 else {
      let failure = ConnectFailure.failure(errno, session.socket)
      return Diagnosis("socket", .problem, failure.text, hint: failure.hint)
    }
    guard info.st_mode & S_IFMT == S_IFSOCK else {
      return Diagnosis("socket", .problem, "\(shown) is not a socket", hint: "check --socket")
    }
    guard access(path, W_OK) == 0 else {
      let failure = ConnectFailure.failure(EACCES, session.socket)
      return Diagnosis("socket", .problem, failure.text, hint: failure.hint)
    }
    return Diagnosis("socket", .ok, shown)
  }

  private func daemon() -> [Diagnosis] {
    var accounts: [AccountStatus] = []
    var status: DaemonStatus?
    do throws(Failure) {
      try session.connect().stream(.status(account: nil)) { answer in
        guard case .status(let daemon, let more, _) = answer.reply else { return }
        status = daemon
        accounts += more
      }
    } catch { return [Diagnosis("daemon", .problem, error.text, hint: error.hint)] }
    guard let status else {
      return [Diagnosis("daemon", .problem, "it answered without its state")]
    }
    return [Doctor.answering(status), archive(status)] + Doctor.accounts(accounts)
  }

  private static func answering(_ status: DaemonStatus) -> Diagnosis {
    let version = escapedForTerminal(status.version)
    let reason = status.reason.map { ": \(escapedForTerminal($0))" } ?? ""
    let text = "version \(version), \(status.state.rawValue)\(reason)"
    switch status.state {
    case .ready where status.version != Product.version:
      return Diagnosis(
        "daemon", .warning, text + ", but this command is \(Product.version)",
        hint: "after an upgrade: systemctl restart daybook")
    case .ready: return Diagnosis("daemon", .ok, text)
    case .paused: return Diagnosis("daemon", .warning, text, hint: "go on with: daybook resume")
    case .stopping: return Diagnosis("daemon", .warning, text)
    case .archiveAway:
      return Diagnosis("daemon", .problem, text, hint: "mount the archive")
    case .diskFull: return Diagnosis("daemon", .problem, text, hint: "make room on the disk")
    case .clockUntrusted:
      return Diagnosis("daemon", .problem, text, hint: "synchronise the clock: timedatectl status")
    }
  }

  private static func accounts(_ accounts: [AccountStatus]) -> [Diagnosis] {
    guard !accounts.isEmpty else {
      return [
        Diagnosis(
          "accounts", .warning, "there are none",
          hint: "add one to the settings, then: daybook reload")
      ]
    }
    let troubled = accounts.compactMap { trouble($0) }
    return troubled.isEmpty
      ? [Diagnosis("accounts", .ok, "\(counted(accounts.count, "account")) in order")] : troubled
  }

  private static func trouble(_ account: AccountStatus) -> Diagnosis? {
    let name = escapedForTerminal(account.name)
    let reason = account.reason.map { ": \(escapedForTerminal($0))" } ?? ""
    let damaged = account.streams.reduce(0) { $0 + $1.damaged }
    let failing = account.streams.reduce(0) { $0 + $1.failing }
    switch account.state {
    case .signInNeeded:
      return Diagnosis(
        name, .problem, "needs a sign-in\(reason)", hint: "run: daybook login \(name)")
    case .stopped:
      return Diagnosis(
        name, .problem, "has stopped\(reason)",
        hint: "see: journalctl -u daybook DAYBOOK_ACCOUNT=\(name)")
    case _ where damaged > 0:
      return Diagnosis(
        name, .problem, "\(counted(damaged, "damaged day"))",
        hint: "run: daybook verify \(name) --repair")
    // What a sealed account could not get will not come.
    case _ where failing > 0 && account.state != .sealed:
      return Diagnosis(
        name, .warning, "\(counted(failing, "failing day"))",
        hint: "see why: journalctl -u daybook DAYBOOK_ACCOUNT=\(name)")
    default: return nil
    }
  }

  private func archive(_ status: DaemonStatus) -> Diagnosis {
    let shown = escapedForTerminal(status.archive)
    guard let (free, total) = space(status.archive) else {
      return Diagnosis("archive", .unknown, "\(shown) cannot be seen from here")
    }
    let text = "\(shown), \(DoctorSize.text(free)) free of \(DoctorSize.text(total))"
    // A year of a person's days is some 100 MB at most; below 1 GiB or 2 % it is time to look.
    let low = free < 1 << 30 || free < total / 50
    return Diagnosis("archive", low ? .warning : .ok, text, hint: low ? "make room soon" : nil)
  }

  private static func space(_ path: String) -> (free: UInt64, total: UInt64)? {
    var info = statvfs()
    guard statvfs(path, &info) == 0 else { return nil }
    let block = UInt64(info.f_frsize)
    return (UInt64(info.f_bavail) * block, UInt64(info.f_blocks) * block)
  }

  private func synchronised() -> Diagnosis {
    switch clock() {
    case 1: Diagnosis("clock", .ok, "synchronised")
    case 0:
      Diagnosis(
        "clock", .warning, "the system does not call it synchronised",
        hint: "see: timedatectl status")
    default: Diagnosis("clock", .unknown, "the system does not say whether it is synchronised")
    }
  }
}

/// Bytes for people.
enum DoctorSize {
  /// `512 B`, `3.5 GB`: powers of 1000.
  static func text(_ bytes: UInt64) -> String {
    var value = Double(bytes)
    for unit in ["B", "kB", "MB", "GB", "TB"] {
      if value < 1_000 || unit == "TB" {
        let tenths = Int((value * 10).rounded(.down))
        let exact = unit == "B" || tenths >= 100
        return exact ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
      }
      value /= 1_000
    }
    return "\(bytes) B"
  }
}
