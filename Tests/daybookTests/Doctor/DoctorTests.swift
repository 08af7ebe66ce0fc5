import DaybookCore
import Foundation
import Testing

@testable import daybook

@Suite("The doctor")
struct DoctorTests {
  private let folder = TestFolder()
  private let pipe = TextPipe()

  private func examine(
    _ daemon: FakeDaemon?, settings: String? = nil, clock: Int32 = 1,
    space: (free: UInt64, total: UInt64)? = (50 << 30, 100 << 30)
  ) throws -> [String: Diagnosis] {
    let environment = ["DAYBOOK_SOCKET": daemon?.socket ?? folder.path + "/none"]
    let output = Output(pipe.writer, environment: environment)
    let context = Context(
      out: output, err: output, input: -1, environment: environment, now: { testNow },
      utcOffset: { _ in 0 }, signals: { Signals(descriptor: -1) { nil } }, browse: { _ in false })
    let file = try settings ?? folder.write("", to: "daybook.yaml")
    let doctor = Doctor(
      session: Session(context, try CommonOptions.parse([])), settings: file,
      clock: { clock }, space: { _ in space })
    return Dictionary(doctor.examine().map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
  }

  private func daemon(_ accounts: [AccountStatus], _ edit: (inout DaemonStatus) -> Void = { _ in })
    -> FakeDaemon
  {
    var status = Samples.daemon
    status.version = Product.version
    edit(&status)
    let now = status
    return FakeDaemon { _ in statusSteps(accounts, now) }
  }

  @Test("all is well")
  func well() throws {
    let found = try examine(daemon([Samples.idle, Samples.working]))
    #expect(found.values.allSatisfy { $0.state == .ok }, "\(found)")
    #expect(Set(found.keys) == ["settings", "socket", "daemon", "archive", "accounts", "clock"])
    #expect(found["accounts"]?.text == "2 accounts in order")
    #expect(found["archive"]?.text == "/var/lib/daybook/archive, 53 GB free of 107 GB")
  }

  @Test("no daemon: the socket and the daemon are problems that say what to run")
  func noDaemon() throws {
    let found = try examine(nil)
    for name in ["socket", "daemon"] {
      #expect(found[name]?.state == .problem)
      #expect(found[name]?.hint?.contains("systemctl status daybook") == true)
    }
    #expect(found["archive"] == nil)
  }

  @Test("what is no socket is named")
  func noSocket() throws {
    let file = try folder.write("", to: "file")
    let environment = ["DAYBOOK_SOCKET": file]
    let output = Output(pipe.writer, environment: environment)
    let context = Context(
      out: output, err: output, input: -1, environment: environment, now: { testNow },
      utcOffset: { _ in 0 }, signals: { Signals(descriptor: -1) { nil } }, browse: { _ in false })
    let doctor = Doctor(session: Session(context, try CommonOptions.parse([])), settings: file)
    let socket = doctor.examine().first { $0.name == "socket" }
    #expect(socket?.state == .problem)
    #expect(socket?.text.hasSuffix("is not a socket") == true)
  }

  @Test("settings that are missing, or wrong, are problems")
  func settings() throws {
    let missing = try examine(nil, settings: folder.path + "/nothing.yaml")
    #expect(missing["settings"]?.state == .problem)
    #expect(missing["settings"]?.text.hasPrefix("there is no ") == true)
    let wrong = try folder.write("acounts: {}\nfresh: x\n", to: "wrong/daybook.yaml")
    let found = try examine(nil, settings: wrong)
    #expect(found["settings"]?.state == .problem)
    #expect(found["settings"]?.text.hasSuffix("has 2 problems") == true)
    #expect(found["settings"]?.hint == "see them: daybook check \(wrong)")
  }

  @Test("a daemon that runs with a settings file from elsewhere is no problem")
  func otherSettings() throws {
    let found = try examine(daemon([Samples.idle]), settings: folder.path + "/nothing.yaml")
    #expect(found["settings"]?.state == .unknown)
    #expect(found["settings"]?.hint?.contains("daybook check FILE") == true)
  }

  @Test(
    "the state of the daemon is told with what helps",
    arguments: [
      (DaemonState.ready, Diagnosis.State.ok), (.paused, .warning), (.stopping, .warning),
      (.archiveAway, .problem), (.diskFull, .problem), (.clockUntrusted, .problem),
    ])
  func states(state: DaemonState, expected: Diagnosis.State) throws {
    let daemon = daemon([Samples.idle]) {
      $0.state = state
      $0.reason = "because\u{1b}"
    }
    let found = try examine(daemon)["daemon"]
    #expect(found?.state == expected)
    #expect(found?.text.contains("because\\u{1B}") == true)
    if expected == .problem { #expect(found?.hint != nil) }
  }

  @Test("another version than the command's is worth a warning")
  func version() throws {
    let found = try examine(daemon([Samples.idle]) { $0.version = "0.9.0" })["daemon"]
    #expect(found?.state == .warning)
    #expect(found?.hint == "after an upgrade: systemctl restart daybook")
  }

  @Test("each account in trouble is named with its command")
  func accounts() throws {
    var stopped = Samples.idle
    stopped.name = "stopped"
    stopped.state = .stopped
    var damaged = Samples.idle
    damaged.name = "damaged"
    damaged.streams = [Samples.stream("a") { $0.damaged = 2 }]
    var failing = Samples.idle
    failing.name = "failing"
    failing.streams = [Samples.stream("a") { $0.failing = 1 }]
    let found = try examine(daemon([Samples.troubled, stopped, damaged, failing, Samples.working]))
    #expect(found["old"]?.hint == "run: daybook login old")
    #expect(found["stopped"]?.hint == "see: journalctl -u daybook DAYBOOK_ACCOUNT=stopped")
    #expect(found["damaged"]?.hint == "run: daybook verify damaged --repair")
    #expect(found["damaged"]?.text == "2 damaged days")
    #expect(found["failing"]?.state == .warning)
    #expect(found["accounts"] == nil)
    #expect(found["me-moves"] == nil)
  }

  @Test("no accounts are worth a warning")
  func none() throws {
    #expect(try examine(daemon([]))["accounts"]?.state == .warning)
  }

  @Test("little room, and a place that cannot be seen")
  func space() throws {
    let daemon = daemon([Samples.idle])
    #expect(try examine(daemon, space: (1 << 29, 1 << 40))["archive"]?.state == .warning)
    #expect(try examine(daemon, space: (15 << 30, 1 << 40))["archive"]?.state == .warning)
    #expect(try examine(daemon, space: nil)["archive"]?.state == .unknown)
  }

  @Test(
    "a clock that nobody synchronises",
    arguments: [(1, .ok), (0, .warning), (-1, .unknown)] as [(Int32, Diagnosis.State)])
  func clock(says: Int32, expected: Diagnosis.State) throws {
    #expect(try examine(nil, clock: says)["clock"]?.state == expected)
  }
}
