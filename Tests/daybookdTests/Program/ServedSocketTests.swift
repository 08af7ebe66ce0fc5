import DaybookCore
import Glibc
import Testing

@testable import daybookd

/// The socket that is bound by hand; that of systemd is adopted by ``ListenSocket``.
@Suite struct ServedSocketTests {
  private let tree = WorkTree()

  init() throws { try tree.makeFolder("") }

  private func places(runtime: String) throws -> Places {
    try Places(
      .init(settings: "/s", state: "/state", runtime: runtime), uid: 1_000, folder: "/",
      environment: { _ in nil })
  }

  private func mode(_ path: String) -> mode_t? {
    var info = stat()
    return lstat(path, &info) == 0 ? info.st_mode & 0o7777 : nil
  }

  @Test("a folder of one's own is made for it, and the name goes with it")
  func own() throws {
    let folder = tree.path + "/run"
    let socket = try ServedSocket(places(runtime: folder))
    #expect(mode(folder) == 0o700)
    #expect(mode(folder + "/control.sock") == 0o660)
    socket.remove()
    close(socket.fd)
    #expect(mode(folder + "/control.sock") == nil)
    #expect(mode(folder) == 0o700)
  }

  @Test("that of a system may be entered by others, who then need the socket's group")
  func system() throws {
    let folder = tree.path + "/run"
    var places = try places(runtime: folder)
    places.isSystem = true
    let socket = try ServedSocket(places)
    #expect(mode(folder) == 0o755)
    #expect(mode(folder + "/control.sock") == 0o660)
    socket.remove()
    close(socket.fd)
  }

  @Test("a place that cannot be used is named, as a fault of the machine")
  func obstructed() throws {
    try tree.write("/file", "x")
    let failure = #expect(throws: StartFailure.self) {
      try ServedSocket(places(runtime: tree.path + "/file"))
    }
    #expect(failure?.status == ExitStatus.inputOutput.rawValue)
    #expect(failure?.lines.first?.contains(tree.path + "/file") == true)
  }

  @Test("a socket that somebody answers on is left to them")
  func taken() throws {
    let folder = tree.path + "/run"
    let first = try ServedSocket(places(runtime: folder))
    let failure = #expect(throws: StartFailure.self) {
      try ServedSocket(places(runtime: folder))
    }
    #expect(failure?.status == ExitStatus.inputOutput.rawValue)
    #expect(failure?.lines.first?.contains("another program answers there") == true)
    #expect(mode(folder + "/control.sock") == 0o660)
    first.remove()
    close(first.fd)
  }
}
