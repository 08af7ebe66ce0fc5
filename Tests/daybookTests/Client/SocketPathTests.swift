import Testing

@testable import daybook

@Suite("The socket's path")
struct SocketPathTests {
  private let user = ["XDG_RUNTIME_DIR": "/run/user/1000"]

  private func path(
    _ option: String?, _ environment: [String: String], exists: Bool = true
  ) -> SocketPath {
    SocketPath(option: option, environment: environment, exists: { _ in exists })
  }

  @Test("the option goes before everything")
  func option() {
    let all = user.merging(["DAYBOOK_SOCKET": "/e"]) { $1 }
    #expect(path("/o", all).path == "/o")
    #expect(path("/o", all).origin == .option)
  }

  @Test("then the environment, unless it is empty")
  func environment() {
    #expect(path(nil, ["DAYBOOK_SOCKET": "/e"]).path == "/e")
    #expect(path(nil, ["DAYBOOK_SOCKET": ""]).path == "/run/daybook/control.sock")
  }

  @Test("then one's own daemon, if its socket is there")
  func own() {
    #expect(path(nil, user).path == "/run/user/1000/daybook/control.sock")
    #expect(path(nil, user).origin == .user)
    #expect(path(nil, user, exists: false).path == "/run/daybook/control.sock")
    #expect(path(nil, ["XDG_RUNTIME_DIR": "relative"]).origin == .system)
    #expect(path(nil, ["XDG_RUNTIME_DIR": ""]).origin == .system)
  }

  @Test("without a runtime directory, as under su, it is below the state directory")
  func stateDirectory() {
    let home = "/home/me/.local/state/daybook/run/control.sock"
    let there = { (paths: [String], environment: [String: String]) in
      SocketPath(option: nil, environment: environment, exists: { paths.contains($0) }).path
    }
    #expect(there([home], ["HOME": "/home/me"]) == home)
    #expect(there([home], ["HOME": "/home/me"].merging(user) { $1 }) == home)
    #expect(
      there(["/s/daybook/run/control.sock"], ["HOME": "/home/me", "XDG_STATE_HOME": "/s"])
        == "/s/daybook/run/control.sock")
    #expect(there([], ["HOME": "/home/me"]) == SocketPath.system)
    let both = ["/run/user/1000/daybook/control.sock", home]
    #expect(there(both, ["HOME": "/home/me"].merging(user) { $1 }) == both[0])
  }

  @Test("whether a socket is there is seen on the disk")
  func onDisk() throws {
    let folder = TestFolder()
    let environment = ["XDG_RUNTIME_DIR": folder.path]
    #expect(SocketPath(option: nil, environment: environment).origin == .system)
    try folder.write("", to: "daybook/control.sock")
    #expect(SocketPath(option: nil, environment: environment).origin == .user)
  }

  @Test("the command to run next is that of the right manager")
  func statusCommand() {
    #expect(path(nil, user).statusCommand == "systemctl --user status daybook")
    #expect(path(nil, [:]).statusCommand == "systemctl status daybook")
    #expect(path("/o", user).statusCommand == "systemctl status daybook")
  }
}
