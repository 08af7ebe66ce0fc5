import Testing

@testable import daybookd

@Suite struct PlacesTests {
  private func places(
    _ options: Places.Options = Places.Options(), uid: UInt32 = 1_000,
    in environment: [String: String] = ["HOME": "/home/me"]
  ) throws -> Places {
    try Places(options, uid: uid, folder: "/here", environment: { environment[$0] })
  }

  @Test("the system's daemon uses what systemd made for it")
  func systemd() throws {
    let places = try places(
      uid: 990,
      in: [
        "STATE_DIRECTORY": "/var/lib/daybook", "CREDENTIALS_DIRECTORY": "/run/credentials/x",
        "HOME": "/var/lib/daybook",
      ])
    #expect(places.settings == "/etc/daybook/daybook.yaml")
    #expect(places.state == "/var/lib/daybook")
    #expect(places.runtime == "/run/daybook")
    #expect(places.socket == "/run/daybook/control.sock")
    #expect(places.credentials == "/run/credentials/x")
    #expect(places.providers == ["/etc/daybook/providers", "/usr/share/daybook/providers"])
    #expect(places.isSystem)
  }

  @Test("root by hand uses the usual places")
  func root() throws {
    let places = try places(uid: 0, in: ["HOME": "/root", "XDG_CONFIG_HOME": "/root/other"])
    #expect(places.settings == "/etc/daybook/daybook.yaml")
    #expect(places.state == "/var/lib/daybook")
    #expect(places.runtime == "/run/daybook")
    #expect(places.credentials == nil)
  }

  @Test("a person's daemon lives in their folders")
  func person() throws {
    let places = try places(in: ["HOME": "/home/me", "XDG_RUNTIME_DIR": "/run/user/1000"])
    #expect(places.settings == "/home/me/.config/daybook/daybook.yaml")
    #expect(places.state == "/home/me/.local/state/daybook")
    #expect(places.runtime == "/run/user/1000/daybook")
    #expect(places.providers.first == "/home/me/.config/daybook/providers")
    #expect(places.providers.last == "/usr/share/daybook/providers")
    #expect(!places.isSystem)
  }

  @Test("XDG variables move them, unless they are not absolute")
  func xdg() throws {
    let places = try places(in: [
      "HOME": "/home/me", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "relative",
    ])
    #expect(places.settings == "/c/daybook/daybook.yaml")
    #expect(places.state == "/home/me/.local/state/daybook")
  }

  @Test("a user's service manager does not make it the system's daemon")
  func userManager() throws {
    let places = try places(in: [
      "HOME": "/home/me", "STATE_DIRECTORY": "/home/me/.config/daybook", "MANAGERPID": "1234",
    ])
    #expect(!places.isSystem)
    #expect(places.state == "/home/me/.config/daybook")
    #expect(places.settings == "/home/me/.config/daybook/daybook.yaml")
  }

  @Test("the command line counts before everything, its paths below the current folder")
  func options() throws {
    let places = try places(
      Places.Options(settings: "a.yaml", providers: "/p", state: "s", runtime: "/r"), uid: 0,
      in: ["STATE_DIRECTORY": "/var/lib/daybook", "RUNTIME_DIRECTORY": "/run/x"])
    #expect(places.settings == "/here/a.yaml")
    #expect(places.providers == ["/p"])
    #expect(places.state == "/here/s")
    #expect(places.socket == "/r/control.sock")
  }

  @Test("of several folders of systemd the first is ours")
  func several() throws {
    let places = try places(
      uid: 990, in: ["STATE_DIRECTORY": "/a:/b", "RUNTIME_DIRECTORY": "/c:/d"])
    #expect(places.state == "/a")
    #expect(places.runtime == "/c")
  }

  @Test("without a home there is no guess, but a word about the option")
  func homeless() {
    #expect(throws: Places.Unknown(what: "the settings", option: "--config")) {
      try places(in: [:])
    }
    #expect(throws: Places.Unknown(what: "the archive", option: "--state")) {
      try places(Places.Options(settings: "/a"), in: [:])
    }
    #expect("\(Places.Unknown(what: "the archive", option: "--state"))".contains("--state"))
  }

  @Test("without a runtime directory, as under su, the socket is below the state")
  func noRuntime() throws {
    let places = try places(in: ["HOME": "/home/me"])
    #expect(places.socket == "/home/me/.local/state/daybook/run/control.sock")
  }
}
