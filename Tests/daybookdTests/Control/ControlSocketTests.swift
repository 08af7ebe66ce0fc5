import CLinux
import Glibc
import Testing

@testable import daybookd

@Suite struct ControlSocketTests {
  private let folder = WorkFolder()

  private func connects(_ path: String) -> Bool {
    let fd = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(fd) }
    return clinux_connect_unix(fd, path) == 0
  }

  private func info(_ path: String) -> stat? {
    var info = stat()
    return lstat(path, &info) == 0 ? info : nil
  }

  /// A socket whose owner has died.
  private func leaveStale(_ path: String) {
    let fd = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    precondition(clinux_bind_unix(fd, path) == 0)
    close(fd)
  }

  @Test("it listens at the path with mode 0660, and its name goes with it")
  func binds() throws {
    let path = folder("control.sock")
    let socket = try ControlSocket.bind(path)
    #expect(connects(path))
    #expect(info(path)?.st_mode == S_IFSOCK | 0o660)
    close(socket.fd)
    socket.remove()
    #expect(info(path) == nil)
  }

  @Test("a socket that nobody answers on is replaced")
  func stale() throws {
    let path = folder("control.sock")
    leaveStale(path)
    #expect(!connects(path))
    let socket = try ControlSocket.bind(path)
    #expect(connects(path))
    close(socket.fd)
    socket.remove()
  }

  @Test("a socket that somebody answers on is left alone")
  func inUse() throws {
    let path = folder("control.sock")
    let first = try ControlSocket.bind(path)
    #expect(throws: ControlSocket.Failure.inUse(path)) { try ControlSocket.bind(path) }
    #expect(connects(path))
    close(first.fd)
    first.remove()
  }

  @Test("a file at the path is left alone")
  func file() {
    let path = folder("control.sock")
    folder.write("control.sock", "precious")
    #expect(throws: ControlSocket.Failure.obstructed(path)) { try ControlSocket.bind(path) }
    #expect(folder.text("control.sock") == "precious")
  }

  @Test("a symbolic link at the path is not followed, wherever it leads", arguments: [true, false])
  func link(dangling: Bool) {
    if !dangling { leaveStale(folder("elsewhere")) }
    symlink(folder("elsewhere"), folder("control.sock"))
    let path = folder("control.sock")
    #expect(throws: ControlSocket.Failure.obstructed(path)) { try ControlSocket.bind(path) }
    #expect((info(folder("elsewhere")) == nil) == dangling)
  }

  @Test("a symbolic link for the folder is not followed")
  func folderLink() {
    let real = WorkFolder()
    symlink(real.path, folder("link"))
    #expect(throws: ControlSocket.Failure.self) {
      try ControlSocket.bind("\(folder("link"))/control.sock")
    }
    #expect(info(real("control.sock")) == nil)
  }

  @Test("a folder in which everybody may write is refused")
  func openFolder() {
    chmod(folder.path, 0o777)
    #expect(throws: ControlSocket.Failure.openFolder(folder.path)) {
      try ControlSocket.bind(folder("control.sock"))
    }
  }

  @Test("a folder that is not there is named in the error")
  func noFolder() {
    let path = folder("none")
    #expect(throws: ControlSocket.Failure.system(SystemError("open", path, number: ENOENT))) {
      try ControlSocket.bind("\(path)/control.sock")
    }
  }

  @Test("a path longer than a socket address holds works all the same")
  func longPath() throws {
    let long = folder(String(repeating: "d", count: 150))
    mkdir(long, 0o700)
    let socket = try ControlSocket.bind("\(long)/control.sock")
    #expect(info("\(long)/control.sock") != nil)
    close(socket.fd)
    socket.remove()
  }
}
