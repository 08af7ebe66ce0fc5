import DaybookCore
import Glibc
import Testing

@testable import daybook

/// The program itself, as a person or a script runs it.
@Suite("The program daybook")
struct ProgramTests {
  /// Each command with the arguments that it needs.
  static let commands = DaybookTests.names.map { name in
    ["login", "logout", "resync"].contains(name) ? [name, "me"] : [name]
  }
  static let ofDaemon = commands.filter { !["check", "doctor", "version"].contains($0[0]) }

  /// A daemon with something to say to every call.
  static func answer(_ call: ControlCall) -> [FakeDaemon.Step] {
    switch call {
    case .status: statusSteps([Samples.working, Samples.idle])
    case .watch: [.reply(.watch(Samples.daemon, [Samples.working], []))]
    case .resync: [.reply(.resync(ResyncProgress(id: 7, total: 3)))]
    case .days:
      [.reply(.days(DaysRow(account: "me", stream: "s", from: Day(number: 17_000), days: "##o.")))]
    case .plan: [.reply(.plan([PlannedStep(account: "me", action: "read")]))]
    case .verify: [.reply(.verify(VerifyProgress()))]
    case .reload: [.reply(.reloaded(changes: ["added me"]))]
    case .loginBegin: [.reply(.failed(.noLogin(account: "me", reason: "it needs none")))]
    case .loginComplete, .pause, .resume, .logout: [.reply(.done)]
    }
  }

  @Test("what it prints and how it ends reach the shell")
  func plain() throws {
    let daemon = FakeDaemon { _ in statusSteps([Samples.troubled]) }
    let end = try ProgramRun(["status"], daemon: daemon).end()
    #expect(end.status == 4 && end.err.isEmpty)
    #expect(end.out.contains("old      sign-in-needed"))
    #expect(!end.out.contains("\u{1b}"))
  }

  @Test("without a daemon each command says what to run, and ends with 2", arguments: ofDaemon)
  func noDaemon(arguments: [String]) throws {
    let folder = TestFolder()
    for more in [[], ["--json"]] {
      let socket = ["DAYBOOK_SOCKET": folder.path + "/none"]
      let end = try ProgramRun(arguments + more, environment: socket).end()
      #expect(end.status == 2 && end.out.isEmpty)
      let lines = end.err.split(separator: "\n")
      #expect(lines.count == 2)
      #expect(lines.first?.hasPrefix("daybook: ") == true)
      #expect(lines.first?.contains(folder.path + "/none") == true)
      #expect(lines.last?.hasPrefix("  ") == true)
    }
  }

  @Test("the version is told without a daemon too")
  func version() throws {
    let folder = TestFolder()
    let end = try ProgramRun(["version", "--socket", folder.path + "/none"]).end()
    #expect(end.status == 0)
    #expect(end.out.hasPrefix("daybook \(Product.version)\ndaybookd "))
  }

  @Test("with --json each line is an object, and nothing else is said", arguments: ofDaemon)
  func json(arguments: [String]) throws {
    let daemon = FakeDaemon { ProgramTests.answer($0) }
    let end = try ProgramRun(arguments + ["--json"], daemon: daemon).end()
    let isLogin = arguments[0] == "login"
    #expect(end.status == (isLogin ? 1 : 0))
    #expect(end.err.isEmpty != isLogin)
    #expect(!end.out.isEmpty && end.out.hasSuffix("\n"))
    for line in end.out.split(separator: "\n") {
      #expect(try JSONValue(parsing: Array(line.utf8)).object != nil, "\(line)")
    }
  }

  @Test(
    "as text each command says something in lines, and fits the 80 columns", arguments: ofDaemon)
  func text(arguments: [String]) throws {
    let daemon = FakeDaemon { ProgramTests.answer($0) }
    let end = try ProgramRun(arguments, daemon: daemon).end()
    let said = arguments[0] == "login" ? end.err : end.out
    #expect(!said.isEmpty && said.hasSuffix("\n") && !said.contains("\u{1b}"))
    #expect(said.split(separator: "\n").filter { $0.count > 80 } == [])
  }

  @Test(
    "a wrong command line is told on standard error with what would be right, and ends with 64",
    arguments: [
      (["stauts"], "stauts"), (["resync"], "<account>"), (["status", "--watsch"], "--watch"),
      (["days", "--year", "soon"], "--year"), (["--nothing"], "--nothing"),
      (["pause", "No Name"], "account"),
    ])
  func wrong(arguments: [String], mention: String) throws {
    let end = try ProgramRun(arguments).end()
    #expect(end.status == 64 && end.out.isEmpty)
    #expect(end.err.hasPrefix("Error: ") && end.err.contains(mention))
    #expect(end.err.contains("--help"))
  }

  @Test("the name of an unknown account is answered with the known ones")
  func wrongAccount() throws {
    let daemon = FakeDaemon { call in
      if case .status(nil) = call { return statusSteps([Samples.working, Samples.idle]) }
      return [.reply(.failed(.noSuchAccount("mee")))]
    }
    for name in ["status", "resync", "pause"] {
      let end = try ProgramRun([name, "mee"], daemon: daemon).end()
      #expect(end.status == 1)
      #expect(end.err == "daybook: no account 'mee'; accounts: me-moves, phone\n", "\(name)")
    }
  }

  @Test("help fits 80 columns and needs neither daemon nor home", arguments: commands)
  func help(arguments: [String]) throws {
    for words in [[arguments[0], "--help"], ["help", arguments[0]]] {
      let end = try ProgramRun(words).end()
      #expect(end.status == 0 && end.err.isEmpty)
      #expect(end.out.hasPrefix("OVERVIEW: "))
      #expect(end.out.split(separator: "\n").filter { $0.count > 80 } == [])
    }
  }

  @Test("a file that is not there is a problem with its name", arguments: [[], ["--json"]])
  func check(more: [String]) throws {
    let end = try ProgramRun(["check", "/none/daybook.yaml"] + more).end()
    #expect(end.status == 1)
    #expect(end.out.contains("/none/daybook.yaml"))
  }
}
