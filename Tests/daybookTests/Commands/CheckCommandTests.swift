import DaybookCore
import Testing

@testable import daybook

@Suite("daybook check")
struct CheckCommandTests {
  private let folder = TestFolder()

  @Test("what is in order is 0")
  func good() throws {
    let path = try folder.write("", to: "daybook.yaml")
    let run = daybook("check", path)
    #expect(run == CommandRun(status: .ok, out: "\(path) is in order\n", err: ""))
  }

  @Test("problems are told as FILE:LINE:COLUMN, and that is 1")
  func problems() throws {
    let path = try folder.write("\nacounts: {}\n", to: "daybook.yaml")
    let run = daybook("check", path)
    #expect(run.status == .problems)
    #expect(run.out.hasPrefix("\(path):2:1: "))
    #expect(run.out.hasSuffix("1 problem\n"))
  }

  @Test("--json lists problems and warnings with their places")
  func json() throws {
    let path = try folder.write("\nacounts: {}\n", to: "daybook.yaml")
    let run = daybook("check", "--json", path)
    let json = try JSONValue(parsing: Array(run.out.utf8))
    let problem = json["problems"]?.array?.first
    #expect(problem?["file"] == .string(path))
    #expect(problem?["line"] == 2)
    #expect(problem?["column"] == 1)
    #expect(problem?["message"]?.string?.contains("acounts") == true)
    #expect(json["warnings"] == [])
    #expect(run.status == .problems)
  }

  @Test("a problem of the file as a whole has no line")
  func whole() throws {
    let run = daybook("check", "--json", "/nowhere/daybook.yaml")
    let problem = try JSONValue(parsing: Array(run.out.utf8))["problems"]?.array?.first
    #expect(problem?.object?.map(\.key) == ["file", "message"])
  }

  @Test("without a file, the settings of the daemon are meant")
  func standard() throws {
    let run = daybook("check", environment: ["HOME": "/nowhere"])
    #expect(run.out.contains("/etc/daybook/daybook.yaml"))
    try folder.write("", to: "run/daybook/control.sock")
    let settings = try folder.write("", to: "home/.config/daybook/daybook.yaml")
    let own = daybook(
      "check",
      environment: ["XDG_RUNTIME_DIR": folder.path + "/run", "HOME": folder.path + "/home"])
    #expect(own.out == "\(settings) is in order\n")
  }

  @Test("with --providers that folder is the only one")
  func providers() throws {
    let path = try folder.write("accounts: {me: {provider: own}}\n", to: "daybook.yaml")
    try folder.write("name: [", to: "providers/broken.yaml")
    let file = try folder.write(
      """
      name: own
      title: Own
      login: none
      urls: {api: https://own.example}
      account: {first_day: {get: /me, at: /since, form: ymd}}
      streams:
        - {name: s, request: {get: "/{start}"}, window: {form: ymd, ends: "[]"}, items: ""}
      """, to: "mine/own.yaml")
    #expect(daybook("check", path).status == .problems)
    let run = daybook("check", "--providers", folder.path + "/mine", path)
    #expect(run == CommandRun(status: .ok, out: "\(path) is in order\n", err: ""), "\(file)")
  }

  @Test("warnings are told, and are no failure")
  func warnings() throws {
    let path = try folder.write("", to: "daybook.yaml")
    try folder.write("name: [", to: "providers/broken.yaml")
    let run = daybook("check", path)
    #expect(run.status == .ok)
    #expect(run.out.contains("broken.yaml"))
    #expect(run.out.contains("(a warning: no account uses it)"))
    #expect(run.out.hasSuffix("\(path) is in order\n"))
  }
}
